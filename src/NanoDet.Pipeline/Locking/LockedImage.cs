using System.Text.Json;
using System.Text.Json.Serialization;
using NanoDet.Data.Datasets;

namespace NanoDet.Pipeline.Locking;

/// <summary>An image in a <see cref="ModelLock"/>: in its file three words, so that it takes one line.</summary>
/// <param name="Part">The part of the data that it is in.</param>
/// <param name="Picture">Hash of the content of the image.</param>
/// <param name="Labels">Hash over the meaning of its labels.</param>
[JsonConverter(typeof(Line))]
public readonly record struct LockedImage(string Part, string Picture, string Labels)
{
    /// <summary>An image of a data set.</summary>
    public static LockedImage Of(ImageMeaning image) => new(PartNames.Of(image.Image.Part), image.ShortPicture, image.ShortLabels);

    /// <summary>What differs from another one of the same path, in words.</summary>
    public IEnumerable<string> DifferencesTo(LockedImage other)
    {
        (string Name, bool Differs)[] facets = [("part", Part != other.Part), ("content", Picture != other.Picture), ("labels", Labels != other.Labels)];
        return facets.Where(facet => facet.Differs).Select(facet => facet.Name);
    }

    internal sealed class Line : JsonConverter<LockedImage>
    {
        public override LockedImage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && reader.GetString()!.Split(' ') is [var part, var picture, var labels]
                ? new(part, picture, labels) : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, LockedImage value, JsonSerializerOptions options)
            => writer.WriteStringValue($"{value.Part} {value.Picture} {value.Labels}");
    }
}

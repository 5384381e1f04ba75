using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Datasets;

/// <summary>A part in JSON, by the names that our files write and people may (<see cref="PartNames"/>).</summary>
internal sealed class PartNameConverter : JsonConverter<DatasetPart>
{
    public override DatasetPart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String && PartNames.TryParse(reader.GetString(), out var part) ? part : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DatasetPart value, JsonSerializerOptions options) => writer.WriteStringValue(PartNames.Of(value));
}

using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Labels.Coco;

namespace NanoDet.Pipeline.Planning;

/// <summary>The files that people and other tools read of a data set.</summary>
public static class DatasetOutputs
{
    private static readonly DatasetPart[] Parts = [DatasetPart.Train, DatasetPart.Validation, DatasetPart.Test];

    /// <summary>Stage <c>split</c>: <c>split.json</c>, the images of each part.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Split(Dataset dataset) => new Dictionary<string, ReadOnlyMemory<byte>>
    {
        ["split.json"] = CanonicalJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            foreach (var part in Parts)
            {
                writer.WriteStartArray(PartNames.Of(part));
                foreach (var image in dataset.Of(part))
                {
                    writer.WriteStringValue(image.Path);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }),
    };

    /// <summary>Stage <c>convert</c>: <c>train.coco.json</c> and its siblings, one for each part that has images.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Coco(Dataset dataset) => Parts
        .Where(part => dataset.Of(part).Any())
        .ToDictionary(part => $"{PartNames.Of(part)}.coco.json", part => CocoWriter.ToUtf8(dataset, part));
}

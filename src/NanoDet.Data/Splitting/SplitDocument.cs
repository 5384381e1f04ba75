using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;

namespace NanoDet.Data.Splitting;

/// <summary>A <see cref="SplitRecord"/> as it stands in its file.</summary>
internal sealed record SplitDocument(int Version, long Seed, double Validation, double Test, ImmutableSortedDictionary<string, DatasetPart> Parts);

[JsonSerializable(typeof(SplitDocument))]
internal sealed partial class SplitJson : JsonSerializerContext
{
    public static SplitJson Canonical { get; } = new(CanonicalJson.Records());
}

using System.Collections.Immutable;
using System.Text.Json;

namespace NanoDet.Training.Weights;

/// <summary>The class names in the metadata of a weight file.</summary>
internal static class ClassNames
{
    /// <summary>The names in label order; empty if the file does not have them.</summary>
    public static ImmutableArray<string> Of(WeightSet weights)
    {
        try
        {
            return weights.Metadata.TryGetValue(WeightSet.ClassesKey, out var json) ? [.. JsonSerializer.Deserialize<string[]>(json) ?? []] : [];
        }
        catch (JsonException)
        {
            // In a file of another program, the metadata with this key may be something else.
            return [];
        }
    }

    /// <summary>The names as the metadata has them.</summary>
    public static string ToJson(ImmutableArray<string> classes) => JsonSerializer.Serialize(classes.AsEnumerable());
}

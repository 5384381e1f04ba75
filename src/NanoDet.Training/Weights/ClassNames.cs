using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;

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

    /// <summary>The names of a model to write: those that the user names, else those in the file, else those of the network.</summary>
    /// <param name="weights">The file.</param>
    /// <param name="named">Those that the user names; empty for none.</param>
    /// <param name="network">Those of the network; empty for none.</param>
    /// <param name="networkName">The network, in words.</param>
    /// <returns>The names, empty for none, and where they are, in words.</returns>
    public static (ImmutableArray<string> Names, string Origin) Choose(WeightSet weights, ImmutableArray<string> named, ImmutableArray<string> network, string networkName)
        => !named.IsEmpty ? (named, "--classes") : Of(weights) is { IsEmpty: false } inFile ? (inFile, "the file's metadata") : (network, networkName);

    /// <summary>Requires names that a model can have.</summary>
    /// <param name="path">The file with the weights, for messages.</param>
    /// <param name="names">The names.</param>
    /// <param name="origin">Where they are, in words.</param>
    /// <exception cref="NanoDetException">NDB4109: a name is empty, repeated or not printable.</exception>
    public static void Require(string path, ImmutableArray<string> names, string origin)
    {
        var reason = names.Any(string.IsNullOrWhiteSpace) ? "a name is empty"
            : names.FirstOrDefault(name => PrintedText.FirstUnprintable(name) is not null) is { } unprintable ? $"'{DiagnosticText.Shorten(unprintable)}' has a character that cannot be printed"
            : names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { Key: var twice } ? $"'{DiagnosticText.Shorten(twice)}' is listed twice"
            : null;
        if (reason is not null)
        {
            throw new NanoDetException(WeightDiagnostics.BadClasses(path, origin, reason));
        }
    }

    /// <summary>The names as the metadata has them.</summary>
    public static string ToJson(ImmutableArray<string> classes) => JsonSerializer.Serialize(classes.AsEnumerable());
}

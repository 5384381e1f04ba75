using System.Collections.Immutable;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Stages;

/// <summary>A step of the build that turns files into files.</summary>
/// <param name="Name">Its name: <c>split</c>, <c>convert</c>.</param>
/// <param name="Inputs">Everything that its outputs depend on; the hash is the stage's key.</param>
public sealed record Stage(string Name, Fingerprint Inputs)
{
    /// <summary>
    /// The stages that read the outputs of the stage before. Keys depend only on inputs, so that a plan can say
    /// what will run before anything has run; but if a stage runs, the later ones have to run too, because its outputs may differ.
    /// </summary>
    private static readonly ImmutableArray<string> Chain = ["augment", "train", "export", "evaluate", "lint"];

    /// <summary>The stage whose outputs a stage reads; null if it reads only what the plan wrote.</summary>
    public static string? Before(string stage) => Chain.IndexOf(stage) is > 0 and var index ? Chain[index - 1] : null;

    /// <summary>The stages that depend on the outputs of a stage.</summary>
    public static IEnumerable<string> After(string stage) => Chain.IndexOf(stage) is >= 0 and var index ? Chain.Skip(index + 1) : [];
}

using System.Collections.Immutable;

namespace NanoDet.Data.Evaluation;

/// <summary>What an exported model reached: written by the process that judges it, read by the build.</summary>
public sealed record EvaluationResult
{
    /// <summary>The part that judges while one trains; null where it has no images.</summary>
    public PartResult? Validation { get; init; }

    /// <summary>The part that is kept for a last test; null where it has no images.</summary>
    public PartResult? Test { get; init; }

    /// <summary>Name and version of the libraries that computed the model.</summary>
    public ImmutableSortedDictionary<string, string> Packages { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

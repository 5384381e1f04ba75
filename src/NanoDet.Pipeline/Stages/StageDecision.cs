using System.Collections.Immutable;

namespace NanoDet.Pipeline.Stages;

/// <summary>The plan's decision about a stage.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Key">Hash of everything that its outputs depend on.</param>
/// <param name="Action">What the build does.</param>
/// <param name="Reasons">Why, in words; at most twenty lines.</param>
public sealed record StageDecision(string Name, string Key, StageAction Action, ImmutableArray<string> Reasons)
{
    /// <summary>Whether it continues where an earlier build was interrupted.</summary>
    public bool Resumes { get; init; }
}

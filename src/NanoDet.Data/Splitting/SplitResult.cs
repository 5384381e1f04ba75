using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>A split of images.</summary>
/// <param name="Parts">The part of each image, in the order they were given.</param>
/// <param name="Record">The record for the next split.</param>
/// <param name="Diagnostics">Leaks, conflicts, and classes that cannot be in both parts.</param>
public sealed record SplitResult(ImmutableArray<DatasetPart> Parts, SplitRecord Record, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Number of images whose part neither an item, a folder nor a list decides.</summary>
    public int Hashed { get; init; }
}

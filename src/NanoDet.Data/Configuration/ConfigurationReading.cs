using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Configuration;

/// <summary>The result of reading a configuration file.</summary>
/// <param name="Configuration">The configuration; null if the file has errors.</param>
/// <param name="Diagnostics">The problems, in the order of the file.</param>
/// <param name="Places">
/// The place of each key, by its dotted path such as <c>schedule.total_epochs</c>; later checks report problems there.
/// </param>
public sealed record ConfigurationReading(
    NanoDetConfiguration? Configuration,
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableDictionary<string, SourceLocation> Places)
{
    /// <summary>The images and labels that the file names.</summary>
    public ImmutableArray<DataBlock> Blocks { get; init; } = [];
}

using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Configuration;

/// <summary>What reading a configuration file gave.</summary>
/// <param name="Configuration">The configuration; null where the file has errors.</param>
/// <param name="Diagnostics">What is wrong, in the order of the file.</param>
/// <param name="Places">
/// Where each key stands, by its dotted path such as <c>schedule.total_epochs</c>: later checks point there.
/// </param>
public sealed record ConfigurationReading(
    NanoDetConfiguration? Configuration,
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableDictionary<string, SourceLocation> Places);

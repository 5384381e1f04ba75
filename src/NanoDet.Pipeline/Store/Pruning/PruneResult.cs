namespace NanoDet.Pipeline.Store.Pruning;

/// <summary>What was removed, and what is left.</summary>
/// <param name="Entries">Entries that were removed.</param>
/// <param name="Freed">Bytes that were freed.</param>
/// <param name="Left">Bytes that are left.</param>
/// <param name="Needed">Bytes of the results that the last models need, which are kept even above the limits.</param>
public sealed record PruneResult(int Entries, long Freed, long Left, long Needed);

using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Incremental;

/// <summary>Changes of settings as people see them: a setting without a value is not set, and one that got members is told by these.</summary>
internal static class SettingChanges
{
    // How the effective configuration writes a setting that is not set.
    private const string None = "null";

    // Others follow from it, such as when the guidance module ends, and who changed it looks for it.
    private const string Epochs = "schedule.totalEpochs";

    /// <summary>The changes to tell.</summary>
    /// <param name="changes">The changes of the entries of a fingerprint.</param>
    public static IEnumerable<FingerprintChange> Of(IReadOnlyCollection<FingerprintChange> changes) => changes
        .Where(change => !IsToldByMembers(change, changes))
        .OrderByDescending(change => change.Name == Epochs)
        .Select(change => change with { Before = ValueOf(change.Before), After = ValueOf(change.After) });

    private static bool IsToldByMembers(FingerprintChange change, IReadOnlyCollection<FingerprintChange> changes)
        => change is { Before: None, After: null } or { Before: null, After: None }
            && changes.Any(other => other.Name.StartsWith($"{change.Name}.", StringComparison.Ordinal));

    private static string? ValueOf(string? value) => value == None ? null : value;
}

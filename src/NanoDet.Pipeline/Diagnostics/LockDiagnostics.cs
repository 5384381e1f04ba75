using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB306x: the file that says what a model is made from.</summary>
public static class LockDiagnostics
{
    private const int Most = 10;

    /// <summary>NDB3060: the build does not match the lock file.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="differences">What differs.</param>
    /// <param name="splitRecord">The split record, if parts of images are among it; null otherwise.</param>
    public static Diagnostic Differs(string path, IReadOnlyList<string> differences, string? splitRecord = null) => new("NDB3060", Error, string.Create(
        CultureInfo.InvariantCulture,
        $"NanoDetLockedMode is on, but the build does not match the lock file: {string.Join("; ", differences.Take(Most))}{(differences.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"; and {differences.Count - Most} more difference{(differences.Count == Most + 1 ? "" : "s")}") : "")}{(splitRecord is null ? "" : $". The parts depend on {splitRecord}, the split record: commit it together with the lock file")}"),
        new SourceLocation(path));

    /// <summary>NDB3061: the file is missing or cannot be read.</summary>
    public static Diagnostic Unreadable(SourceLocation location, string reason)
        => new("NDB3061", Error, $"NanoDetLockedMode is on, but the lock file cannot be used: {reason.TrimEnd('.')}. A build with -p:NanoDetLockFile=true and without NanoDetLockedMode writes it again", location);
}

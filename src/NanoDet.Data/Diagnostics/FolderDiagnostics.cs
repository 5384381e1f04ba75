using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB905x: the folders that a build writes into.</summary>
public static class FolderDiagnostics
{
    /// <summary>NDB9050: another build has held the folder for too long.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="waited">How long this build has waited.</param>
    /// <param name="holder">The process that holds it, in words; null if it is not known.</param>
    public static Diagnostic Busy(string folder, TimeSpan waited, string? holder) => new("NDB9050", Error, string.Create(
        CultureInfo.InvariantCulture, $"Another build has been working in '{folder}' for {waited.TotalSeconds:0} seconds{(holder is null ? "" : $" ({holder})")}"));

    /// <summary>NDB9051: a file or folder of the project cannot be read or written.</summary>
    /// <param name="reason">What the system says.</param>
    /// <param name="path">The file, if it is one that the project names.</param>
    public static Diagnostic NotAccessible(string reason, string? path = null) => new(
        "NDB9051", Error, $"The build cannot read or write a file it needs: {reason.TrimEnd('.')}", path is null ? null : new SourceLocation(path));

    /// <summary>NDB9052: the split record cannot be written beside the project.</summary>
    /// <param name="path">The split record.</param>
    /// <param name="reason">What the system says.</param>
    public static Diagnostic SplitRecordNotWritten(string path, string reason) => new(
        "NDB9052", Warning, $"'{path}' cannot be written, so an image that is added later may move another image of a rare class to a different part: {reason.TrimEnd('.')}");

    /// <summary>NDB9053: a file was changed after a stage wrote it.</summary>
    public static Diagnostic IntermediateDamaged(string path, string reason) => new(
        "NDB9053", Error, $"The file was changed after the build wrote it; delete it and build again ({reason.TrimEnd('.')})", new SourceLocation(path));

    /// <summary>NDB9054: another build has planned in the folder since this build did, with another result.</summary>
    public static Diagnostic OtherPlan(string folder) => new(
        "NDB9054", Error, $"While this build ran, another build with other settings or data used the same folder, '{folder}', so this build stopped; build again when the other one has ended");
}

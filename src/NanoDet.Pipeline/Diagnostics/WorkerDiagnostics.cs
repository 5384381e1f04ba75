using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB4040 and NDB42xx: the process that the build starts, and what it is asked.</summary>
public static class WorkerDiagnostics
{
    /// <summary>NDB4040: a request file is not valid.</summary>
    public static Diagnostic RequestMalformed(SourceLocation location, string reason)
        => new("NDB4040", Error, $"The request cannot be carried out: {reason}", location);

    /// <summary>NDB4201: the process cannot be started.</summary>
    public static Diagnostic NotStarted(string path, string reason)
        => new("NDB4201", Error, $"The process that does this work cannot be started: {reason.TrimEnd('.')}", new SourceLocation(path));

    /// <summary>NDB4202: the process ended without saying why.</summary>
    public static Diagnostic Failed(string stage, int exitCode, string lastWords) => new("NDB4202", Error, string.Create(
        CultureInfo.InvariantCulture,
        $"The process that should {stage} ended with code {exitCode} and without a reason; its last words were '{DiagnosticText.Shorten(lastWords)}'"));

    /// <summary>NDB4203: the process says that it is done, and a file that it should have written is not there.</summary>
    public static Diagnostic OutputMissing(string stage, string path)
        => new("NDB4203", Error, $"The process that should {stage} ended well and did not write '{path}'");
}

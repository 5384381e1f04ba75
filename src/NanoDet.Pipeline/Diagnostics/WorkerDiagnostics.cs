using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB4040 and NDB42xx: the worker, a process that the build starts, and what it is asked.</summary>
public static class WorkerDiagnostics
{
    private const int MostLastWords = 240;

    /// <summary>NDB4040: a request file is not valid.</summary>
    public static Diagnostic RequestMalformed(SourceLocation location, string reason)
        => new("NDB4040", Error, $"The request cannot be carried out: {reason}", location);

    /// <summary>NDB4201: the worker cannot be started.</summary>
    public static Diagnostic NotStarted(string path, string reason)
        => new("NDB4201", Error, $"The worker cannot be started: {reason.TrimEnd('.')}", new SourceLocation(path));

    /// <summary>NDB4202: the worker ended with an exit code and reported no error.</summary>
    public static Diagnostic Failed(string stage, int exitCode, string lastWords) => new("NDB4202", Error, string.Create(
        CultureInfo.InvariantCulture,
        $"The worker of the stage '{stage}' ended with exit code {exitCode} and reported no error{(lastWords.Length == 0 ? "" : $"; its error output ends with '{End(lastWords)}'")}"));

    private static string End(string words) => words.Length <= MostLastWords ? words
        : $"…{words[(char.IsLowSurrogate(words[^MostLastWords]) ? ^(MostLastWords - 1) : ^MostLastWords)..]}";

    /// <summary>NDB4203: the worker succeeded, but a file that it must write is missing.</summary>
    public static Diagnostic OutputMissing(string stage, string path)
        => new("NDB4203", Error, $"The worker of the stage '{stage}' succeeded, but did not write '{path}'");
}

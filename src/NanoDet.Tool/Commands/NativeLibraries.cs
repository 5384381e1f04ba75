using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Commands;

/// <summary>Detects failures because a native library is missing for this system.</summary>
internal static class NativeLibraries
{
    /// <summary>Returns the diagnostic of a failure to load a native library; null for any other exception.</summary>
    /// <param name="exception">The exception; that of the loader is often an inner exception.</param>
    public static Diagnostic? Problem(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DllNotFoundException or BadImageFormatException)
            {
                return ToolDiagnostics.NativeLibraryMissing(RuntimeInformation.RuntimeIdentifier, Reason(cause.Message));
            }
        }

        return null;
    }

    // The loader reports many lines: the names that it tried, each with the system's error. A C library that is too old is
    // the only cause that has a useful line.
    private static string Reason(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.Contains("GLIBC", StringComparison.Ordinal)) is { } old ? old.TrimEnd('.')
            : message.Split('\'') is [_, var name, ..] ? $"the native library {name} is missing"
            : "a native library is missing";
    }
}

using System.Runtime.InteropServices;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Commands;

/// <summary>Tells a system without our native libraries from everything else that goes wrong.</summary>
internal static class NativeLibraries
{
    /// <summary>The diagnostic of a failure to load a native library; null where an exception means something else.</summary>
    /// <param name="exception">What was thrown; the loader's own exception often lies deep inside.</param>
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

    // The loader tells many lines: the names that it tried, each with what the system said. A C library that is too old is
    // the one cause that has a line worth showing.
    private static string Reason(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.Contains("GLIBC", StringComparison.Ordinal)) is { } old ? old.TrimEnd('.')
            : message.Split('\'') is [_, var name, ..] ? $"the native library {name} is missing"
            : "a native library is missing";
    }
}

using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB906x: downloads.</summary>
public static class DownloadDiagnostics
{
    /// <summary>NDB9060: a file cannot be downloaded.</summary>
    public static Diagnostic Failed(string url, string reason)
        => new("NDB9060", Error, $"{DiagnosticText.Shorten(WebAddress.Shown(url))} cannot be downloaded: {reason.ReplaceLineEndings(" ").TrimEnd(' ', '.')}");

    /// <summary>NDB9061: a file does not have the expected SHA-256.</summary>
    public static Diagnostic WrongContent(string source, string property, string expected, string found)
        => new("NDB9061", Error, $"The SHA-256 of {DiagnosticText.Shorten(source)} is {found}, but {property}Sha256 asks for {expected}; the file is not used");
}

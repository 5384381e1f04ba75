using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB305x: items and properties of the project.</summary>
public static class ProjectDiagnostics
{
    /// <summary>NDB3050: a property has an invalid value.</summary>
    public static Diagnostic WrongProperty(string name, string value, string expected, string? project)
        => new("NDB3050", Error, $"{name} is '{value}', but must be {expected}", Place(project));

    /// <summary>NDB3051: metadata of an item has an invalid value.</summary>
    public static Diagnostic WrongMetadata(string item, string name, string value, string expected, string? project)
        => new("NDB3051", Error, $"{name} of '{item}' is '{value}', but must be {expected}", Place(project));

    /// <summary>NDB3052: the project has no images.</summary>
    public static Diagnostic NoImages(string? project) => new(
        "NDB3052", Error, "There are no images: put them into 'images' (or 'JPEGImages'), or name them with NanoDetImage items", Place(project));

    /// <summary>NDB3053: an item names a file that does not exist.</summary>
    public static Diagnostic FileMissing(string item, string? project)
        => new("NDB3053", Error, $"The project names '{item}', but there is no such file", Place(project));

    /// <summary>NDB3054: weights have an address but no SHA-256.</summary>
    public static Diagnostic DownloadWithoutHash(string url, string? project) => new(
        "NDB3054", Error, $"NanoDetPretrained is the address {DiagnosticText.Shorten(url)}, so NanoDetPretrainedSha256 must give the SHA-256 of the file; nothing was downloaded", Place(project));

    /// <summary>NDB3055: an address is not allowed for downloads.</summary>
    public static Diagnostic AddressRefused(string url, string? project) => new(
        "NDB3055", Error, $"{DiagnosticText.Shorten(url)} is not downloaded: the address must be absolute and use https (or http for a server on this machine)", Place(project));

    private static SourceLocation? Place(string? project) => string.IsNullOrEmpty(project) ? null : new SourceLocation(project);
}

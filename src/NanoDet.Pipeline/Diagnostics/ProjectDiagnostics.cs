using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Pipeline.Diagnostics;

/// <summary>NDB305x and NDB307x: items and properties of the project.</summary>
public static class ProjectDiagnostics
{
    /// <summary>NDB3050: a property has an invalid value.</summary>
    public static Diagnostic WrongProperty(string name, string value, string expected, string? project)
        => new("NDB3050", Error, $"{name} is '{(value.Contains("://", StringComparison.Ordinal) ? WebAddress.Shown(value) : value)}', but must be {expected}", Place(project));

    /// <summary>NDB3051: metadata of an item has an invalid value.</summary>
    public static Diagnostic WrongMetadata(string item, string name, string value, string expected, string? project)
        => new("NDB3051", Error, $"{name} of '{item}' is '{value}', but must be {expected}", Place(project));

    /// <summary>NDB3052: the project has no images.</summary>
    /// <param name="project">The project.</param>
    /// <param name="seen">What looks like a part of a data set.</param>
    public static Diagnostic NoImages(string? project, IReadOnlyCollection<string>? seen = null) => new(
        "NDB3052", Error,
        "There are no images: put them into 'images' (or 'JPEGImages'), or name them with NanoDetImage items" + (seen is { Count: > 0 } ? $". What is there: {string.Join("; ", seen)}" : "")
        + (project is not null && Regex.Match(project, "%[0-9A-Fa-f]{2}") is { Success: true, Value: var escape } ? $". MSBuild reads '{escape}' in the folder's name as an escaped character and finds nothing there: rename the folder" : ""),
        Place(project));

    /// <summary>NDB3053: an item or a property names a file that does not exist.</summary>
    public static Diagnostic FileMissing(string file, string? project, string named = "The project names")
        => new("NDB3053", Error, $"{named} '{file}', but there is no such file", Place(project));

    /// <summary>NDB3054: weights have an address but no SHA-256.</summary>
    public static Diagnostic DownloadWithoutHash(string property, string url, string? project) => new(
        "NDB3054", Error, $"{property} is the address {DiagnosticText.Shorten(WebAddress.Shown(url))}, so {property}Sha256 must give the SHA-256 of the file; nothing was downloaded", Place(project));

    /// <summary>NDB3055: an address is not allowed for downloads.</summary>
    public static Diagnostic AddressRefused(string url, string? project) => new(
        "NDB3055", Error, $"{DiagnosticText.Shorten(WebAddress.Shown(url))} is not downloaded: the address must be absolute and use https (or http for a server on this machine)", Place(project));

    /// <summary>NDB3056: a configuration file names weights that do not exist.</summary>
    /// <param name="place">The place of the key.</param>
    /// <param name="path">What it says.</param>
    /// <param name="folder">The folder of the file, relative to the project's; null for a path that is full.</param>
    public static Diagnostic ConfiguredWeightsMissing(SourceLocation? place, string path, string? folder) => new(
        "NDB3056", Error, $"'schedule.load_model' is '{DiagnosticText.Shorten(path)}', but there is no such file" + folder switch
        {
            null => "",
            "." => " in the project's folder",
            _ => $", neither in the project's folder nor in that of the configuration file ({folder})",
        }, place);

    /// <summary>NDB3057: a configuration file names weights by their address.</summary>
    /// <param name="place">The place of the key.</param>
    /// <param name="address">What it says.</param>
    public static Diagnostic AddressInConfiguration(SourceLocation? place, string address) => new(
        "NDB3057", Error, $"'schedule.load_model' is the address {DiagnosticText.Shorten(WebAddress.Shown(address))}, but nothing is downloaded without its SHA-256: name the address with the property NanoDetPretrained and the SHA-256 of its file with NanoDetPretrainedSha256", place);

    /// <summary>NDB3072: an address in a property contains a password.</summary>
    public static Diagnostic PasswordInProperty(string name, string variable, string? project) => new(
        "NDB3072", Warning, $"The address in {name} contains a user and a password, and binary logs show properties unchanged; the environment variable {variable} keeps them out", Place(project));

    /// <summary>NDB3070: the folder that a build must write into contains files that no build has written.</summary>
    public static Diagnostic ForeignFolder(string folder, string file, string? project) => new(
        "NDB3070", Error, $"NanoDetIntermediatePath is '{folder}', and no build has made '{DiagnosticText.Shorten(file)}' there: it must be a folder of the build's own; nothing was written", Place(project));

    /// <summary>NDB3071: a property or item that nothing reads.</summary>
    /// <param name="kind">Property or item.</param>
    /// <param name="name">Its name.</param>
    /// <param name="suggestion">What was probably meant.</param>
    /// <param name="location">Where it is written; the project if it comes from the command line or the environment.</param>
    public static Diagnostic UnknownName(string kind, string name, string? suggestion, SourceLocation location) => new(
        "NDB3071", Warning, $"There is no {kind} {DiagnosticText.Shorten(name)}, so it does nothing" + (suggestion is null ? "" : $"; did you mean {suggestion}?"), location);

    private static SourceLocation? Place(string? project) => string.IsNullOrEmpty(project) ? null : new SourceLocation(project);
}

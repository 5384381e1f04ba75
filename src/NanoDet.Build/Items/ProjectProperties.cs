using System.Globalization;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Store;

namespace NanoDet.Build.Items;

/// <summary>Turns the text of the project's properties into values.</summary>
/// <param name="ProjectFile">The project, for errors.</param>
internal sealed partial record ProjectProperties(string ProjectFile)
{
    /// <summary>Parses a switch: the words that MSBuild's conditions accept.</summary>
    public bool Switch(string name, string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "ON" or "YES" => true,
        "FALSE" or "OFF" or "NO" => false,
        _ => throw Wrong(name, text, "true or false"),
    };

    /// <summary>Parses a name of an enumeration, ignoring case. Spaces are not trimmed, because conditions in MSBuild files do not trim them.</summary>
    public T Choice<T>(string name, string text)
        where T : struct, Enum
        => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => value.ToString()!.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong(name, text, OneOf(text, Enum.GetNames<T>()));

    /// <summary>Parses one of several words, ignoring case; returns it as it stands among them.</summary>
    public string OneOf(string name, string text, params string[] words)
        => Array.Find(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? throw Wrong(name, text, OneOf(text, words));

    private static string OneOf(string text, string[] words)
        => string.Join(" or ", words) + (Suggestion.For(text, words) is { } meant ? $"; did you mean '{meant}'?" : "");

    /// <summary>Parses a device.</summary>
    public DeviceChoice Device(string name, string text)
        => DeviceChoice.Parse(text) ?? throw Wrong(name, text, "cpu, cuda, or cuda:1 and so on for one of several cards");

    /// <summary>Parses a share, from 0 to less than 1.</summary>
    public double Share(string name, string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and < 1
            ? share : throw Wrong(name, text, "a number from 0 to less than 1, such as 0.2");

    /// <summary>Parses a whole number in a range.</summary>
    public long WholeNumber(string name, string text, long least, long most)
        => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw Wrong(name, text, string.Create(CultureInfo.InvariantCulture,
                $"a whole number{(most < int.MaxValue ? $" from {least} to {most}" : least >= 0 ? $" of at least {least}" : "")}"));

    /// <summary>Parses a figure from 0 to 1.</summary>
    public double Figure(string name, string text)
        => OptionalFigure(name, text) ?? throw Wrong(name, text, "a number from 0 to 1, such as 0.5");

    /// <summary>Parses a figure from 0 to 1; null for an empty text.</summary>
    public double? OptionalFigure(string name, string text) => string.IsNullOrWhiteSpace(text) ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure) && figure is >= 0 and <= 1 ? figure
        : throw Wrong(name, text, "a number from 0 to 1, such as 0.5");

    /// <summary>Parses confidences of findings.</summary>
    public LintConfidences Confidences(string name, string text) => LintConfidences.TryParse(text) ?? throw Wrong(name, text, LintConfidences.Form);

    /// <summary>Parses a number of bytes.</summary>
    public long Size(string name, string text) => StoreSize.Parse(text) ?? throw Wrong(name, text, "a size, such as 5GB");

    /// <summary>Parses the version of a package, which is part of the name of a folder.</summary>
    public string PackageVersion(string name, string text)
        => VersionForm().IsMatch(text) ? text : throw Wrong(name, text, "the version of a package, such as 0.107.0");

    /// <summary>Parses the address of a server.</summary>
    public Uri Address(string name, string text)
        => Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri
        : throw Wrong(name, text, "the address of a server, such as http://cache.example:8080/nanodet");

    /// <summary>Parses the name of a file, without a folder.</summary>
    public string FileName(string name, string text)
        => text.Trim().Length > 0 && text.Trim('.').Length > 0 && text.IndexOfAny(['/', '\\', ':']) < 0 && !text.Any(char.IsControl) ? text
        : throw Wrong(name, text, "the name of a file, without a folder");

    /// <summary>Returns NDB3050 for a property with an invalid value.</summary>
    public NanoDetException Wrong(string name, string text, string expected)
        => new(ProjectDiagnostics.WrongProperty(name, text, expected, ProjectFile));

    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,9}){1,3}(-[0-9A-Za-z.-]{1,64})?\z")]
    private static partial Regex VersionForm();
}

using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB21xx: augmentation.</summary>
public static class AugmentationDiagnostics
{
    /// <summary>NDB2101: there is no recipe of that name.</summary>
    public static Diagnostic UnknownPreset(string name, IEnumerable<string> known, SourceLocation? location) => new(
        "NDB2101", Error, $"There is no augmentation recipe '{DiagnosticText.Shorten(name)}'; choose from {string.Join(", ", known)}", location);

    /// <summary>NDB2102: the first number of a range is larger than the second.</summary>
    public static Diagnostic InvertedRange(string setting, double low, double high, SourceLocation? location) => new(
        "NDB2102", Error, string.Create(CultureInfo.InvariantCulture, $"The range {low}..{high} of '{setting}' must go from the smaller to the larger number"), location);

    /// <summary>NDB2103: a range exceeds the limits of its setting.</summary>
    public static Diagnostic OutOfRange(string setting, double low, double high, double least, double most, SourceLocation? location) => new(
        "NDB2103", Error, string.Create(CultureInfo.InvariantCulture, $"The range {low}..{high} of '{setting}' must lie within {least}..{most}"), location);

    /// <summary>NDB2104: there is no step of that name.</summary>
    public static Diagnostic UnknownStep(string name, IReadOnlyCollection<string> known, SourceLocation? location) => new(
        "NDB2104",
        Error,
        $"There is no augmentation step '{DiagnosticText.Shorten(name)}'"
            + (Suggestion.For(name, known) is { } suggestion ? $"; did you mean '{suggestion}'?" : $"; choose from {string.Join(", ", known)}"),
        location);

    /// <summary>NDB2105: a step lacks the setting that gives its strength.</summary>
    public static Diagnostic MissingSetting(string step, string setting, SourceLocation? location)
        => new("NDB2105", Error, $"The augmentation step '{step}' needs '{setting}'", location);

    /// <summary>NDB2106: a setting is neither a number nor a range.</summary>
    public static Diagnostic NoRange(string step, string setting, string text, SourceLocation? location) => new(
        "NDB2106",
        Error,
        $"'{setting}' of the augmentation step '{step}' is '{DiagnosticText.Shorten(text)}', but must be a number or a range such as 0.5..1.5",
        location);

    /// <summary>NDB2107: the copies of two images would have the same name.</summary>
    public static Diagnostic NameClash(string first, string second) => new(
        "NDB2107", Error, $"The copies of '{second}' would have the same names as those of '{first}'; rename one of the two images", new SourceLocation(second));

    /// <summary>NDB2108: there are augmentation steps, but no copies to make with them.</summary>
    public static Diagnostic NoCopies(SourceLocation? location) => new(
        "NDB2108", Warning, "There are NanoDetAugmentation items, but NanoDetAugmentationCopies is not set, so nothing is augmented", location);

    /// <summary>NDB2109: a step has no setting of that name.</summary>
    public static Diagnostic UnknownSetting(string step, string setting, IReadOnlyCollection<string> known, SourceLocation? location) => new(
        "NDB2109",
        Error,
        $"The augmentation step '{step}' has no setting '{DiagnosticText.Shorten(setting)}'"
            + (Suggestion.For(setting, known) is { } suggestion ? $"; did you mean '{suggestion}'?" : $"; choose from {string.Join(", ", known)}"),
        location);
}

using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB51xx: quality gates, and the version of a model.</summary>
public static class QualityDiagnostics
{
    /// <summary>NDB5101: a figure is below the minimum of the project.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="value">What it is.</param>
    /// <param name="property">The property that asks for more.</param>
    /// <param name="minimum">What it asks for.</param>
    /// <param name="unquantized">What the same network reaches with 32 bits; null for a model that does not have 8 bits.</param>
    public static Diagnostic BelowMinimum(string figure, double value, string property, double minimum, double? unquantized) => new("NDB5101", Error, string.Create(
        CultureInfo.InvariantCulture,
        $"{figure} is {value:F4}, but {property} asks for {minimum}; the model is rejected{(unquantized >= minimum ? $". With 32 bits it is {unquantized:F4}: 8 bits lose too much here, so set NanoDetPrecision to Single or Half" : "")}"));

    /// <summary>NDB5102: a figure fell too far below the baseline's.</summary>
    public static Diagnostic Regression(string figure, double before, double now, double allowed) => new("NDB5102", Error, string.Create(
        CultureInfo.InvariantCulture, $"{figure} fell from {before:F4} to {now:F4}, but NanoDetMaximumRegression allows a drop of {allowed}; the model is rejected"));

    /// <summary>NDB5103: there is no figure to compare with the gate.</summary>
    public static Diagnostic NothingToJudge()
        => new("NDB5103", Error, "A quality gate is set, but the validation part has no labelled object to evaluate the model with");

    /// <summary>NDB5104: the classes differ from the baseline's and the major version does not.</summary>
    public static Diagnostic ClassesChanged(string before, string now, string version) => new(
        "NDB5104", Warning, $"The classes were {DiagnosticText.Shorten(before)} and are now {DiagnosticText.Shorten(now)}: programs that use the model may break, so its major version should be higher than that of {version}");

    /// <summary>NDB5106: a repeated build made another model.</summary>
    public static Diagnostic NotReproduced(double? before, double? now, double tolerance) => new("NDB5106", Error, string.Create(
        CultureInfo.InvariantCulture, $"The repeated build made a model with different bytes and an mAP of {now:F4} instead of {before:F4}; NanoDetVerifyTolerance is {tolerance}"));

    /// <summary>NDB5107: a repeated build made other bytes, although the manifest promises the same.</summary>
    public static Diagnostic OtherBytes()
        => new("NDB5107", Warning, "The repeated build made an equally good model with different bytes, but the manifest promises the same bytes on a machine of the same kind");

    /// <summary>NDB5105: the baseline cannot be read.</summary>
    public static Diagnostic BadBaseline(string path, string reason)
        => new("NDB5105", Error, $"The baseline manifest cannot be used: {reason.TrimEnd('.')}", new SourceLocation(path));

    /// <summary>NDB5108: the model finds none of the validation objects of some classes.</summary>
    /// <param name="classes">The classes; empty for all of several.</param>
    public static Diagnostic FindsNothing(IReadOnlyList<string> classes) => new(
        "NDB5108", Warning,
        $"The model finds {(classes.Count == 0 ? "nothing" : $"hardly any {string.Join(", ", classes.Select(name => $"'{DiagnosticText.Shorten(name)}'"))}")}: mAP50 is below 0.01 in the validation part. More epochs, NanoDetPretrained weights, a larger NanoDetInputSize for small objects, and more labelled objects help");

    /// <summary>NDB5110: the last accepted model is not the one that the package must contain.</summary>
    public static Diagnostic OtherModelInPackage(string model, string package, string project) => new(
        "NDB5110", Error, $"The last accepted model is {DiagnosticText.Shorten(model)}, but the package must contain {DiagnosticText.Shorten(package)}: build it first; nothing was packed", new SourceLocation(project));
}

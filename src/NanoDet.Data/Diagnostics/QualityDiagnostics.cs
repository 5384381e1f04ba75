using System.Globalization;
using NanoDet.Core.Diagnostics;
using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB51xx: whether a model is good enough to leave the build, and its version.</summary>
public static class QualityDiagnostics
{
    /// <summary>NDB5101: a figure is below what the project asks for.</summary>
    public static Diagnostic BelowMinimum(string figure, double value, string property, double minimum) => new("NDB5101", Error, string.Create(
        CultureInfo.InvariantCulture, $"{figure} is {value:F4} and {property} asks for {minimum}; the model does not leave the build"));

    /// <summary>NDB5102: a figure fell too far below the baseline's.</summary>
    public static Diagnostic Regression(string figure, double before, double now, double allowed) => new("NDB5102", Error, string.Create(
        CultureInfo.InvariantCulture, $"{figure} fell from {before:F4} to {now:F4} and NanoDetMaximumRegression allows {allowed}; the model does not leave the build"));

    /// <summary>NDB5103: there is no figure to judge.</summary>
    public static Diagnostic NothingToJudge()
        => new("NDB5103", Error, "A quality gate is set, but the validation part has no labelled object that a model could be judged by");

    /// <summary>NDB5104: the classes differ from the baseline's and the major version does not.</summary>
    public static Diagnostic ClassesChanged(string before, string now, string version) => new(
        "NDB5104", Warning, $"The classes were {DiagnosticText.Shorten(before)} and are now {DiagnosticText.Shorten(now)}: programs that use the model may break, so its major version should be higher than that of {version}");

    /// <summary>NDB5106: a model that was made again is another one.</summary>
    public static Diagnostic NotReproduced(double? before, double? now, double tolerance) => new("NDB5106", Error, string.Create(
        CultureInfo.InvariantCulture, $"Made again, the model has other bytes and reaches mAP {now:F4} in the place of {before:F4}; NanoDetVerifyTolerance is {tolerance}"));

    /// <summary>NDB5107: a model that was made again has other bytes, though its manifest promises the same.</summary>
    public static Diagnostic OtherBytes()
        => new("NDB5107", Warning, "Made again, the model is as good but has other bytes, and its manifest promises the same on a machine like the one that made it");

    /// <summary>NDB5105: the baseline cannot be read.</summary>
    public static Diagnostic BadBaseline(string path, string reason)
        => new("NDB5105", Error, $"The manifest that the model is compared with cannot be used: {reason.TrimEnd('.')}", new SourceLocation(path));

    /// <summary>NDB5110: the last model that passed is another one than the package is to hold.</summary>
    public static Diagnostic OtherModelInPackage(string model, string package, string project) => new(
        "NDB5110", Error, $"The last model that left the build is {DiagnosticText.Shorten(model)}, and the package is to hold {DiagnosticText.Shorten(package)}: build it first; nothing was packed", new SourceLocation(project));
}

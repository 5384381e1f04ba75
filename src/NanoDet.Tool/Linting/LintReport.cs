using System.Collections.Immutable;
using NanoDet.Core.Geometry;
using NanoDet.Data.Linting;

namespace NanoDet.Tool.Linting;

/// <summary>The result of a lint, as <c>--json</c> writes it.</summary>
/// <param name="Images">The number of images.</param>
/// <param name="Objects">The number of labelled objects.</param>
/// <param name="Accepted">The number of findings that the baseline has, which are left out.</param>
/// <param name="Changed">The number of findings of a build that are left out because their labels are not what the build read.</param>
/// <param name="Recall">Of labels that the model has not learnt, the shares whose absence or wrong class it notices, 0 to 1; null where it is not known.</param>
/// <param name="Findings">The findings, the most certain first.</param>
/// <param name="Proposed">The label files that <c>--apply</c> wrote.</param>
internal sealed record LintReport(
    int Images, int Objects, int Accepted, int Changed, RecallReport Recall, ImmutableArray<FindingReport> Findings, ImmutableArray<string> Proposed);

/// <summary>How many errors would have been found.</summary>
/// <param name="Missing">The share of missing labels.</param>
/// <param name="OtherClass">The share of wrong classes; null too where there is one class.</param>
internal sealed record RecallReport(double? Missing, double? OtherClass);

/// <summary>One finding.</summary>
/// <param name="Id">Its name for <c>--accept</c> and <c>--apply</c>.</param>
/// <param name="Code">Its code.</param>
/// <param name="File">The label file.</param>
/// <param name="Line">The line, from 1; 0 where only the file is known.</param>
/// <param name="Column">The column, from 1; 0 where it is not known.</param>
/// <param name="Image">The image.</param>
/// <param name="Class">The class of the object; of one without a label, the class that it looks like.</param>
/// <param name="Box">Left, top, right and bottom of the object, in pixels of the image.</param>
/// <param name="SuggestedClass">The class that the model sees; null where the label should go.</param>
/// <param name="SuggestedBox">Where the model sees the object; null where the label should go.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Message">The finding in words.</param>
internal sealed record FindingReport(
    string Id, string Code, string File, int Line, int Column, string Image, string Class, double[] Box,
    string? SuggestedClass, double[]? SuggestedBox, double Confidence, string Message)
{
    /// <summary>Makes it of a finding.</summary>
    public static FindingReport Of(ToldFinding told, ImmutableArray<string> classes)
    {
        var place = told.Diagnostic.Location!.Value;
        var seen = told.Finding.Kind == LabelFindingKind.Twice ? null : told.Finding.Suggestion;
        return new(
            told.Meaning.Id, told.Diagnostic.Code, place.File, place.Line, place.Column, told.Meaning.Image, told.Meaning.Class, Sides(told.Finding.Subject.Box),
            seen is { } one ? classes[one.Label] : null, seen is { } other ? Sides(other.Box) : null, told.Finding.Confidence, told.Diagnostic.Message);
    }

    private static double[] Sides(BoundingBox box) => [box.Left, box.Top, box.Right, box.Bottom];
}

using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Linting;

/// <summary>A finding with its place in a label file, in words.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Meaning">What a baseline remembers of it.</param>
/// <param name="Diagnostic">The warning.</param>
internal sealed record ToldFinding(LabelFinding Finding, AcceptedFinding Meaning, Diagnostic Diagnostic)
{
    /// <summary>Puts a finding into words.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="image">Its image.</param>
    /// <param name="classes">The classes in label order.</param>
    /// <param name="location">The place of the object; of one without a label, that of the image's labels.</param>
    public static ToldFinding Of(LabelFinding finding, DatasetImage image, ImmutableArray<string> classes, SourceLocation location)
    {
        var (subject, confidence) = (finding.Subject, finding.Confidence);
        var className = classes[subject.Label];
        var meaning = AcceptedFinding.Of(finding.Kind.Code(), image.Path, image.ContentHash, className, subject.Box);
        return new(finding, meaning, finding switch
        {
            { Kind: LabelFindingKind.OtherClass, Suggestion: { } seen } => LintDiagnostics.OtherClass(location, className, classes[seen.Label], confidence, meaning.Id),
            { Kind: LabelFindingKind.Box, Suggestion: { } seen } => LintDiagnostics.Box(location, className, subject.Box, seen.Box, confidence, meaning.Id),
            { Kind: LabelFindingKind.Twice, Suggestion: { } other } => LintDiagnostics.Twice(location, className, subject.Box, classes[other.Label], other.Box, confidence, meaning.Id),
            { Kind: LabelFindingKind.NoLabel } => LintDiagnostics.NoLabel(location, className, subject.Box, confidence, meaning.Id),
            _ => LintDiagnostics.NoObject(location, className, subject.Box, confidence, meaning.Id),
        });
    }
}

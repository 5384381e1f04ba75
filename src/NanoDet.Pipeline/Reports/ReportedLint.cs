using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Reports;

/// <summary>What the report says about the lint of a build.</summary>
/// <param name="Findings">The findings that nobody has accepted, the most certain first.</param>
/// <param name="Accepted">The number of those that somebody has.</param>
/// <param name="Page">The page of the findings, by its path in the project.</param>
/// <param name="Recall">How many errors would have been found.</param>
public sealed record ReportedLint(ImmutableArray<Diagnostic> Findings, int Accepted, string Page, LintRecall Recall)
{
    /// <summary>Takes what a build found.</summary>
    /// <param name="found">The findings.</param>
    /// <param name="outputFolder">Full path of the folder of the plan.</param>
    /// <param name="projectFolder">Full path of the project's folder.</param>
    internal static ReportedLint Of(BuildFindings found, string outputFolder, string projectFolder)
    {
        // On another drive it has a full path, and no report says where it was made.
        var page = ProjectPath.Relative(projectFolder, ProjectPath.Full(outputFolder, OutputFiles.LintPage));
        return new([.. found.Diagnostics], found.Accepted, Path.IsPathRooted(page) ? OutputFiles.LintPage : page, found.Recall);
    }
}

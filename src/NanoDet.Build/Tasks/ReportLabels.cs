using System.Text;
using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Core.Files;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Pages;
using NanoDet.Pipeline.Linting;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Sarif;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Target <c>NanoDetLint</c>: reports what the lint found, at the lines of the labels, in each build until the label is corrected or the
/// finding is accepted; and shows it on a page.
/// </summary>
public sealed class ReportLabels : WorkerTask
{
    private string _pageKey = "";

    /// <summary>The title of the page.</summary>
    [Required]
    public string Title { get; set; } = "";

    /// <summary><c>NanoDetSarif</c>.</summary>
    public string Sarif { get; set; } = "";

    private protected override string Verb => WorkerVerb.Findings;

    private protected override WorkerRequest Request() => new FindingsRequest
    {
        BuildFolder = Path.TrimEndingDirectorySeparator(FullOutputFolder),
        ProjectFolder = ProjectFolder,
        Output = Full(OutputFiles.LintPage),
        Title = Title,
        Key = _pageKey,
    };

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var found = BuildFindings.Read(FullOutputFolder, ProjectFolder, Planned);
        AtomicFile.WriteIfDifferent(Full(OutputFiles.LintList), Encoding.UTF8.GetBytes(string.Concat(found.Diagnostics.Select(diagnostic => $"{diagnostic}\n"))));
        _pageKey = PageKey();
        if (HtmlPage.KeyOf(Full(OutputFiles.LintPage)) != _pageKey)
        {
            // The page is no stage: what somebody accepts changes it, and nothing else reads it.
            using var gate = Lock(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), log, cancellation);
            RunWorker(log, cancellation);
        }

        log.Say(MessageImportance.High, $"NanoDet: lint: {found.Words}: {ProjectPath.Relative(ProjectFolder, Full(OutputFiles.LintPage))}");
        if (found.Recall.Words is { } recall)
        {
            log.Say(MessageImportance.High, $"NanoDet: lint: models that have not seen the labels notice {recall}");
        }

        log.Write([.. found.Diagnostics], Path.Combine(OutputFolder, OutputFiles.LintList));
        if (Sarif.Length > 0)
        {
            var path = AtomicFile.BehindLink(Path.GetFullPath(Path.Combine(ProjectFolder, Sarif)));
            AtomicFile.WriteIfDifferent(path, new SarifReport(ProjectFolder, ProjectFile, DocumentationFolder).WithFindings(path, log.Told));
        }
    }

    /// <summary>What the page is made of: the images and labels that the stage compared, what it found, and what of that is told, and where.</summary>
    private string PageKey()
    {
        var done = StageRecord.Read(StageRecord.DonePath(FullOutputFolder, WorkerVerb.Lint));
        var findings = done?.Outputs.GetValueOrDefault(OutputFiles.LintFindings);
        return ContentHash.Of([.. Encoding.UTF8.GetBytes($"{done?.Key}\n{findings}\n{Title}\n"), .. RegularFile.ReadAllBytes(Full(OutputFiles.LintList))]).ToString();
    }
}

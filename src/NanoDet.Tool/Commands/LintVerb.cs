using System.CommandLine;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Linting;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet lint</c>: reports labels that a model does not agree with.</summary>
internal sealed class LintVerb : Verb
{
    private readonly ModelOptions _model;
    private readonly Argument<string> _labels = new("labels") { Description = "The labels: a file, or a folder of files, in any format." };
    private readonly Option<string?> _images = new("--images") { Description = "The folder of the images. Default: the images are beside the labels." };
    private readonly Option<string?> _classes = new("--classes") { Description = "A file with one class name per line. Default: the classes in the labels; for YOLO, classes.txt beside them." };
    private readonly Option<string> _baseline = new("--baseline") { Description = $"The file of accepted findings. Default: {LintBaseline.FileName}.", DefaultValueFactory = _ => LintBaseline.FileName };
    private readonly Option<string[]> _accept = new("--accept") { Description = "Findings whose label is right: 'all', codes, or the names of findings. They are added to the baseline, and are not reported again.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _apply = new("--apply") { Description = "Findings to apply: 'all' (the default), codes, or the names of findings. Writes NAME.proposed.xml for labelImg beside each label file, which stays as it is.", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "With --apply: replace existing proposals." };
    private readonly ReportOptions _report;
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print no progress and no summary." };

    /// <summary>Declares the verb.</summary>
    public LintVerb()
        : base("lint", "Reports labels that a model does not agree with: another class, no label, a box that does not fit, no object, two labels.")
    {
        _model = ModelOptions.First(this);
        Arguments.Add(_labels);
        foreach (var option in new Option[] { _images, _classes, _baseline, _accept, _apply, _overwrite, _quiet })
        {
            Options.Add(option);
        }

        _report = ReportOptions.Last(this);
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet lint model.onnx annotations --images images", "each doubtful label with file, line and column, the most certain first"),
        ("nanodet lint model.onnx annotations --images images --apply NDB1601", "proposes the classes that the model sees, in files for labelImg"),
        ("nanodet lint model.onnx annotations --images images --accept 1a2b3c4d", "the label of this finding is right; do not report it again"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var path = parsed.GetRequiredValue(_labels);
        var baselineFile = parsed.GetRequiredValue(_baseline);
        var baseline = LintBaseline.Read(baselineFile);
        using var detector = _model.Load(parsed, _model.Score(parsed) ?? LintEvidence.ScoreThreshold, LintEvidence.MaxDetections);
        var classes = parsed.GetValue(_classes) is { } file ? ClassSource.Read(file) : null;
        var set = new LabelSetReader(path, parsed.GetValue(_images), classes, problems.Add).Read();
        var found = await LabelledDetection.RunAsync(detector, set, path, problems, parsed.GetValue(_quiet), cancellation);
        var labels = LintedLabels.Of(found, set.Classes, problems.Add);
        var all = labels.Compare(found, LintOptions.Default);
        if (parsed.GetValue(_accept) is { Length: > 0 } accepted)
        {
            baseline = baseline.With(FindingChoice.Of(all, accepted).Select(finding => finding.Meaning));
            AtomicFile.Write(baselineFile, baseline.ToJson());
        }

        var told = all.RemoveAll(finding => baseline.Contains(finding.Meaning));
        var applied = parsed.GetResult(_apply) is null ? [] : FindingChoice.Of(told, parsed.GetValue(_apply) is { Length: > 0 } words ? words : ["all"]);
        var report = new LintReport(
            labels.Images.Length, labels.Images.Sum(image => image.Objects.Length), all.Length - told.Length,
            [.. told.Select(finding => FindingReport.Of(finding, labels.Classes))],
            new ProposedLabels(labels, parsed.GetValue(_overwrite), problems.Add).Write(applied));
        _report.Print(parsed, report, () => Print(told, report));
        if (!parsed.GetValue(_quiet))
        {
            await Console.Error.WriteLineAsync(Summary(report));
        }

        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    // In the form of MSBuild, which editors and build servers make clickable.
    private static void Print(IEnumerable<ToldFinding> told, LintReport report)
    {
        foreach (var finding in told)
        {
            ToolConsole.Print($"{finding.Diagnostic}\n");
        }

        foreach (var file in report.Proposed)
        {
            ToolConsole.Print($"proposed: {PrintedText.Escape(file)}\n");
        }
    }

    private static string Summary(LintReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"images: {report.Images}, objects: {report.Objects}, findings: {report.Findings.Length}, accepted: {report.Accepted}");
}

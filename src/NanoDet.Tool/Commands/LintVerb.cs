using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Sarif;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Linting;
using NanoDet.Tool.Terminal;
using NanoDet.Vision.Findings;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet lint</c>: reports labels that a model does not agree with.</summary>
internal sealed class LintVerb : Verb
{
    private readonly ModelOptions _model;
    private readonly Argument<string?> _labels = new("labels") { Description = "The labels: a file, or a folder of files, in any format.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _images = new("--images") { Description = "The folder of the images. Default: the images are beside the labels." };
    private readonly Option<string?> _classes = new("--classes") { Description = "A file with one class name per line. Default: the classes in the labels; for YOLO, classes.txt beside them." };
    private readonly Option<string[]> _confidence = new("--confidence") { Description = "From which confidence on findings are reported, by code, such as NDB1602=0.8.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _baseline = new("--baseline") { Description = $"The file of accepted findings. Default: {LintBaseline.FileName}, for the findings of a build that of the project." };
    private readonly Option<string[]> _accept = new("--accept") { Description = "Findings whose label is right: 'all', codes, or the names of findings. They are added to the baseline, and are not reported again.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _apply = new("--apply") { Description = "Findings to apply: 'all' (the default), codes, or the names of findings. Writes NAME.proposed.xml, or for labels in YOLO text NAME.proposed.txt, beside each label file, which stays as it is.", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "With --apply: replace existing proposals." };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The .html file to write: a page with the findings and their pictures." };
    private readonly Option<string?> _sarif = new("--sarif") { Description = "The file to write the findings into as SARIF 2.1.0, for code scanning and editors." };
    private readonly ReportOptions _report;
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print no progress and no summary." };

    /// <summary>Declares the verb.</summary>
    public LintVerb()
        : base("lint", "Reports labels that a model does not agree with: another class, no label, a box that does not fit, no object, two labels.")
    {
        _model = ModelOptions.First(this, orElse: " Or the folder that a build with NanoDetLint writes into, such as obj/nanodet: its findings are taken, and no labels are given.", score: LintEvidence.ScoreThreshold);
        Arguments.Add(_labels);
        foreach (var option in new Option[] { _images, _classes, _confidence, _baseline, _accept, _apply, _overwrite, _out, _sarif, _quiet })
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
        ("nanodet lint model.onnx annotations --images images --out findings.html", "a page with pictures, on which findings are marked"),
        ("nanodet lint obj/nanodet --apply 1a2b3c4d", "proposes what a finding of the last build says"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var page = parsed.GetValue(_out);
        if (page is not null && Path.GetExtension(page).ToUpperInvariant() is not (".HTML" or ".HTM"))
        {
            throw new UsageException($"--out must end with .html, but is '{page}'");
        }

        var build = Directory.Exists(_model.Path(parsed)) ? OfBuild(parsed, problems) : null;
        var baselineFile = parsed.GetValue(_baseline) ?? build?.BaselineFile ?? LintBaseline.FileName;
        _ = LintBaseline.Read(baselineFile); // That it is damaged is told before the model has looked at all images.
        LintSource source = build is not null ? build : await OfModelAsync(parsed, problems, cancellation);
        var before = LintBaseline.Read(baselineFile); // Somebody may have accepted others meanwhile.
        var accepted = FindingChoice.Of(source.Findings, parsed.GetValue(_accept) ?? []).RemoveAll(finding => before.Contains(finding.Meaning));
        var baseline = before.With(accepted.Select(finding => finding.Meaning));
        var open = source.Findings.RemoveAll(finding => baseline.Contains(finding.Meaning));
        var applied = parsed.GetResult(_apply) is null ? [] : FindingChoice.Of(open, parsed.GetValue(_apply) is { Length: > 0 } words ? words : ["all"]);
        var told = open.RemoveAll(finding => source.WhyOutdated(finding) is not null);
        if (told.Length < open.Length && (page ?? parsed.GetValue(_sarif)) is { } file)
        {
            throw new UsageException($"{open.Length - told.Length} of the findings are about labels that are not what the build read, and would not be in '{file}'; build again");
        }

        if (accepted.Select(source.WhyOutdated).FirstOrDefault(reason => reason is not null) is { } outdated)
        {
            throw outdated; // Nobody has seen that another label is right.
        }

        var proposed = Propose(parsed, source, applied, problems);
        if (!accepted.IsEmpty)
        {
            WrittenFile.Write(baselineFile, () => AtomicFile.Write(AtomicFile.BehindLink(baselineFile), baseline.ToJson()));
        }

        var report = new LintReport(
            source.Images.Length, source.Images.Sum(image => image.Objects.Length), source.Findings.Length - open.Length, open.Length - told.Length,
            new(source.Recall.MissingShare, source.Recall.OtherClassShare),
            [.. told.Select(finding => FindingReport.Of(finding, source.Classes))], proposed);
        WriteFiles(parsed, page, source, told, report.Accepted, cancellation);
        _report.Print(parsed, report, () => Print(told, report));
        if (report.Changed > 0)
        {
            await Console.Error.WriteLineAsync($"{report.Changed} of the findings are left out, because their labels are not what the build read. Build again.");
        }

        if (!parsed.GetValue(_quiet))
        {
            await Console.Error.WriteLineAsync(Summary(report));
            if (source.Recall.Words is { } recall)
            {
                await Console.Error.WriteLineAsync($"{(build is null ? "If it has not learnt from these labels, the model notices" : "Models that have not seen the labels notice")} {recall}.");
            }
        }

        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private BuildLint OfBuild(ParseResult parsed, ProblemList problems)
        => parsed.GetValue(_labels) is null && parsed.GetValue(_images) is null && parsed.GetValue(_classes) is null && parsed.GetResult(_confidence) is null
            ? new BuildLint(_model.Path(parsed)!, problems.Add)
            : throw new UsageException("labels, --images, --classes and --confidence are for a model; a build knows its own");

    private async Task<ModelLint> OfModelAsync(ParseResult parsed, ProblemList problems, CancellationToken cancellation)
    {
        var path = parsed.GetValue(_labels) ?? throw new UsageException(File.Exists(_model.Path(parsed))
            ? "give the labels too: a file or a folder"
            : $"there is no '{_model.Path(parsed)}'; {BuildLint.Wanted}");
        var confidences = LintConfidences.TryParse(string.Join(';', parsed.GetValue(_confidence) ?? []))
            ?? throw new UsageException($"--confidence must have {LintConfidences.Form}");
        using var detector = _model.Load(parsed, max: LintEvidence.MaxDetections, augment: true);
        var classes = parsed.GetValue(_classes) is { } file ? ClassSource.Read(file) : null;
        var set = new LabelSetReader(path, parsed.GetValue(_images), classes, problems.Add).Read();
        var found = await LabelledDetection.RunAsync(detector, set, path, problems, parsed.GetValue(_quiet), cancellation);
        var labels = LintedLabels.Of(found, set.Classes, problems.Add);
        return new(labels, labels.Compare(found, confidences.In(LintOptions.Default)));
    }

    private ImmutableArray<string> Propose(ParseResult parsed, LintSource source, ImmutableArray<ToldFinding> findings, ProblemList problems)
    {
        if (findings.IsEmpty)
        {
            return [];
        }

        var (labels, ofLabels) = source.LabelsOf(findings);
        return new ProposedLabels(labels, parsed.GetValue(_overwrite), problems.Add).Write(ofLabels);
    }

    private void WriteFiles(ParseResult parsed, string? page, LintSource source, ImmutableArray<ToldFinding> told, int accepted, CancellationToken cancellation)
    {
        if (page is not null)
        {
            var written = new FindingsPage($"Labels that {Path.GetFileName(_model.Path(parsed))} does not agree with", told, source.Images, source.Classes)
            {
                FileOf = source.FileOf,
                Command = CommandLine(parsed),
                CommandPlace = "To run where this page was made:",
                Accepted = accepted,
                Recall = source.Recall,
            };
            WrittenFile.Write(page, () => written.Write(page, cancellation));
        }

        if (parsed.GetValue(_sarif) is { } sarif)
        {
            var labels = Path.GetFullPath(parsed.GetValue(_labels) ?? _model.Path(parsed)!);
            var log = new SarifReport(Environment.CurrentDirectory, labels, documentationFolder: "").Of(told.Select(finding => finding.Diagnostic));
            WrittenFile.Write(sarif, () => AtomicFile.Write(AtomicFile.BehindLink(sarif), log));
        }
    }

    // What the user wrote, without what is done with the findings.
    private string CommandLine(ParseResult parsed)
    {
        Option[] kept = [.. Options.Except([_accept, _apply, _overwrite, _out, _sarif, _quiet]).Where(option => !_report.Has(option))];
        var options = parsed.CommandResult.Children.OfType<OptionResult>().Where(result => !result.Implicit && kept.Contains(result.Option));
        IEnumerable<string> words =
        [
            .. new[] { _model.Path(parsed), parsed.GetValue(_labels) }.OfType<string>(),
            .. options.SelectMany(result => result.Tokens.Select(token => token.Value).Prepend(result.Option.Name)),
        ];
        return $"dotnet nanodet {Name} {string.Join(' ', words.Select(ShellWord.Of))}";
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

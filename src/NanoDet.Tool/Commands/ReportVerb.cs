using System.CommandLine;
using NanoDet.Core.Models;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Reports;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Diagnostics;
using NanoDet.Tool.Evaluation;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Models;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet report</c>: writes a page about a model.</summary>
internal sealed class ReportVerb : Verb
{
    private readonly ModelOptions _model;
    private readonly Argument<string?> _labels = new("labels") { Description = "Labels to evaluate the model on: a COCO file, or a folder of label files. Default: only what the model and the manifest beside it say.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The .html file to write.", Required = true };
    private readonly Option<string?> _images = new("--images") { Description = "The folder of the images. Default: the images are beside the labels." };
    private readonly Option<string?> _classes = new("--classes") { Description = "For YOLO labels: a file with one class name per line. Default: classes.txt beside them." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print no progress." };

    /// <summary>Declares the verb.</summary>
    public ReportVerb()
        : base("report", "Writes a page about a model: figures, curves, confusions, the worst images, data and origin.")
    {
        _model = ModelOptions.First(this);
        Arguments.Add(_labels);
        foreach (var option in new Option[] { _out, _images, _classes, _quiet })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet report model.onnx annotations --images images --out model.html", "a model on labelImg's files"),
        ("nanodet report model.onnx --out model.html", "what the manifest beside a model says"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var (path, model) = (parsed.GetRequiredValue(_out), _model.Path(parsed)!);
        if (Path.GetExtension(path).ToUpperInvariant() is not (".HTML" or ".HTM"))
        {
            throw new UsageException($"--out must end with .html, but is '{path}'");
        }

        using var detector = _model.Load(parsed, LabelledDetection.LeastScore);
        var manifest = BesideModel.Manifest(model);
        var metadata = OwnMetadata(parsed);
        var threshold = metadata.ScoreThreshold;
        var report = new ModelReport(manifest?.Name ?? Path.GetFileNameWithoutExtension(model), metadata)
        {
            Threshold = threshold,
            Manifest = manifest,
            Parts = manifest is null ? [] : ReportPart.Of(manifest.Evaluation, details: null, []),
        };
        if (parsed.GetValue(_labels) is { } labels)
        {
            var classes = parsed.GetValue(_classes) is { } file ? ClassSource.Read(file) : null;
            var set = new LabelSetReader(labels, parsed.GetValue(_images), classes, problems.Add).Read();
            var found = await LabelledDetection.RunAsync(detector, set, labels, problems, parsed.GetValue(_quiet), cancellation);
            report = report with { Parts = [ReportedLabels.Of(set.Classes, found.Images, found.Detections, threshold, problems.Add), .. report.Parts] };
        }

        WrittenFile.Write(path, () => AtomicFile.Write(path, ReportPage.Of(report)));
        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    // The detector that evaluates has another score threshold than the model.
    private ModelMetadata OwnMetadata(ParseResult parsed)
    {
        using var detector = _model.Load(parsed);
        return detector.Metadata;
    }
}

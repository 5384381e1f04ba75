using System.CommandLine;
using NanoDet.Data.Discovery;
using NanoDet.Data.Labels;
using NanoDet.Data.Labels.Coco;
using NanoDet.Tool.Detecting;
using NanoDet.Tool.Evaluation;
using NanoDet.Tool.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary><c>nanodet eval</c>: computes the figures of COCO's evaluation.</summary>
internal sealed class EvalVerb : Verb
{
    private readonly ModelOptions _model;
    private readonly Option<string> _truth = new("--truth") { Description = "The labels: a COCO file, or a folder of Pascal VOC, YOLO or labelme files.", Required = true };
    private readonly Option<string?> _images = new("--images") { Description = "The folder of the images. Default: the images are beside the labels." };
    private readonly Option<string?> _classes = new("--classes") { Description = "For YOLO labels: a file with one class name per line. Default: classes.txt beside them." };
    private readonly Option<string?> _detections = new("--detections") { Description = "Instead of a model: a COCO results file with existing detections." };
    private readonly ReportOptions _report;
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print no progress and no speed." };

    /// <summary>Declares the verb.</summary>
    public EvalVerb()
        : base("eval", "Evaluates a model, or existing detections, as COCO does.")
    {
        _model = ModelOptions.First(this, modelRequired: false, score: LabelledDetection.LeastScore, mayAugment: true);
        foreach (var option in new Option[] { _truth, _images, _classes, _detections, _quiet })
        {
            Options.Add(option);
        }

        _report = ReportOptions.Last(this, "Print JSON; 'stats' has the twelve figures in the order of pycocotools.");
    }

    /// <inheritdoc />
    public override IEnumerable<(string Line, string Meaning)> Examples =>
    [
        ("nanodet eval model.onnx --truth annotations --images images", "a model on labelImg's files"),
        ("nanodet eval model.onnx --truth instances_val2017.json --images val2017 --json", "a model on COCO, for a program"),
        ("nanodet eval --detections found.json --truth instances.json", "a COCO results file"),
    ];

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var truth = parsed.GetRequiredValue(_truth);
        var report = (_model.Path(parsed), parsed.GetValue(_detections)) switch
        {
            ({ }, null) => await JudgeModelAsync(parsed, truth, problems, cancellation),
            (null, { } detections) => JudgeDetections(truth, detections, problems),
            _ => throw new UsageException("give either a model or --detections"),
        };
        _report.Print(parsed, report, () => EvaluationOutput.Print(report));
        return problems.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static EvaluationReport JudgeDetections(string truth, string detections, ProblemList problems)
    {
        var document = CocoReader.Read(Directory.Exists(truth) ? CocoFile(truth) : truth);
        return EvaluationCase.Of(document, problems.Add).Judge([.. EvaluationCase.Detections(document, CocoResultReader.Read(detections))]);
    }

    /// <summary>The one COCO file in a folder, because detections name their images by the ids in it.</summary>
    private static string CocoFile(string folder)
        => LabelPlace.Of(folder, images: null) is var place && place.Found.Labels.Where(group => group.Form == LabelFormat.Coco).SelectMany(group => group.Files).ToList() is [var file]
            ? place.Full(file)
            : throw new UsageException("detections name their images by ids; give --truth the COCO file that has these ids");

    private async Task<EvaluationReport> JudgeModelAsync(ParseResult parsed, string truth, ProblemList problems, CancellationToken cancellation)
    {
        using var detector = _model.Load(parsed);
        var classes = parsed.GetValue(_classes) is { } file ? ClassSource.Read(file) : null;
        var set = new LabelSetReader(truth, parsed.GetValue(_images), classes, problems.Add).Read();
        var found = await LabelledDetection.RunAsync(detector, set, truth, problems, parsed.GetValue(_quiet), cancellation);
        return EvaluationCase.Of(set.Classes, [.. found.Images.Select(image => image.Labels)], problems.Add).Judge(found.Detections);
    }
}

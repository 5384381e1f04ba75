using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NanoDet.Core.Geometry;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Reports;

namespace NanoDet.Pipeline.Tests.Reports;

/// <summary>Reports of models that detect some of the objects of made-up images.</summary>
internal static class TestReports
{
    /// <summary>A report with every section.</summary>
    /// <param name="names">The names of the classes.</param>
    /// <param name="jpeg">What stands for the picture of each of the worst images.</param>
    /// <param name="images">The number of images of each part.</param>
    public static ModelReport Full(ImmutableArray<string> names, byte[] jpeg, int images = 60)
    {
        var dataset = Data(names, images);
        var evaluation = new EvaluationResult { Validation = Result(dataset, DatasetPart.Validation), Test = Result(dataset, DatasetPart.Test) };
        var manifest = Manifest(names, evaluation);
        var details = new EvaluationDetails(0.4, Details(dataset, DatasetPart.Validation, jpeg), Details(dataset, DatasetPart.Test, jpeg));
        return new ModelReport(manifest.Name, manifest.Model)
        {
            Threshold = details.Threshold,
            Parts = ReportPart.Of(evaluation, details, [("last model", manifest), ("baseline", manifest)]),
            Training = new(["epoch", "learning_rate", "loss_qfl", "mAP", "AP_50"], [[1, 0.001, 2.5, null, null], [2, 0.0005, 1.5, 0.25, 0.5]]),
            Dataset = dataset,
            Manifest = manifest,
            Lint = new([.. Enumerable.Range(0, 12).Select(number => LintDiagnostics.OtherClass(new("labels/<b>.xml", number + 1, 2), names[0], names[^1], 0.9, $"{number:x8}"))], 1, "obj/nanodet/lint/findings.html", new(40, 30, 20)),
        };
    }

    /// <summary>The manifest of a model.</summary>
    public static ModelManifest Manifest(ImmutableArray<string> names, EvaluationResult evaluation) => new()
    {
        Name = "Parts <&>",
        Version = "1.0.0+sha.0123456789ab",
        Files = [new("Parts.onnx", new string('a', 64), 1234)],
        Model = new() { Classes = names, InputWidth = 320, InputHeight = 320, Strides = [8, 16, 32, 64], RegMax = 7, CentredPriors = false, KeepRatio = false },
        Evaluation = evaluation with { Packages = evaluation.Packages.Add("TorchSharp", "1.2.3") },
        Data = new("fingerprint", 3, 3, 3, 9),
        Training = new("key", 2, "cpu"),
        Lineage = new("finetune", "parent") { Reason = "because of </td><b>", Generation = 2, Added = new(1, ["images/</bdi>.jpg"]) },
        Reproducibility = ManifestReproducibility.On("cpu", arithmetic: new("native", "channels-last", OneDnn: true, 91)),
        Tool = "1.0.0",
        Commit = "0123abc",
        Configuration = JsonNode.Parse("""{ "schedule": { "epochs": 12, "loadModel": "<script>" }, "stages": [{ "kernel": 3 }, 4], "none": null }""")!,
    };

    private static Dataset Data(ImmutableArray<string> names, int images) => new(names,
    [
        .. Enum.GetValues<DatasetPart>().SelectMany(part => Enumerable.Range(0, images).Select(index => new DatasetImage(
            $"images/{part}<{index:D4}>.jpg", "", 640, 480, part,
            index % 10 == 9 ? [] : [.. Enumerable.Range(0, 3).Select(at => new DatasetObject((index + at) % names.Length, Place(at)))]))),
    ]);

    private static PartResult Result(Dataset dataset, DatasetPart part) => PartResult.Of(dataset.Classes, [.. dataset.Of(part)], Detections(dataset, part), 0);

    private static PartDetails Details(Dataset dataset, DatasetPart part, byte[] jpeg)
    {
        var details = PartDetails.Of(dataset.Classes.Length, [.. dataset.Of(part)], Detections(dataset, part), 0.4);
        return details with { Worst = [.. details.Worst.Select(image => image with { Jpeg = jpeg })] };
    }

    // One object of three with its class, one with another, one not at all; and one detection of nothing.
    private static EvaluationDetection[] Detections(Dataset dataset, DatasetPart part) =>
    [
        .. dataset.Of(part).SelectMany((image, index) => new EvaluationDetection[]
        {
            new(index, index % dataset.Classes.Length, Place(0), 0.95 - (index % 50 * 0.01)),
            new(index, index % dataset.Classes.Length, Place(1), 0.9 - (index % 70 * 0.01)),
            new(index, index % dataset.Classes.Length, Place(3), 0.5 - (index % 40 * 0.01)),
        }),
    ];

    private static BoundingBox Place(int at) => new(at * 100, at * 90, (at * 100) + 40 + (at * 20), (at * 90) + 60);
}

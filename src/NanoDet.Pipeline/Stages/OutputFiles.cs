namespace NanoDet.Pipeline.Stages;

/// <summary>Names, in the output folder of the plan, of what the plan and the stages leave for each other.</summary>
public static class OutputFiles
{
    /// <summary>What the plan decided and why.</summary>
    public const string Plan = "plan.json";

    /// <summary>What training is asked for.</summary>
    public const string Request = "request.json";

    /// <summary>The effective configuration.</summary>
    public const string Configuration = "configuration.json";

    /// <summary>The data set, and the truth about its split.</summary>
    public const string Dataset = "dataset.json";

    /// <summary>The folder with the split records of the states of the data that builds have succeeded with.</summary>
    public const string SplitsFolder = "splits/";

    /// <summary>The folder with the augmented copies and their data set, an output that counts by its files' names.</summary>
    public const string AugmentedFolder = "augmented/";

    /// <summary>The data set with the augmented copies in its training part, where there are any.</summary>
    public const string AugmentedDataset = AugmentedFolder + "dataset.json";

    /// <summary>Which pictures decode, so that none is decoded again only to see that.</summary>
    public const string DecodedPictures = "decoded.cache";

    /// <summary>The plan's decision how to train.</summary>
    public const string Decision = "stages/train.decision.json";

    /// <summary>The trained weights.</summary>
    public const string Weights = "train/model.safetensors";

    /// <summary>Everything that is needed to resume an interrupted training.</summary>
    public const string Checkpoint = "train/checkpoint.safetensors";

    /// <summary>How these weights were trained.</summary>
    public const string Lineage = "train/lineage.json";

    /// <summary>The weights that these go on from, so that they can be trained again.</summary>
    public const string Parent = "train/parent.safetensors";

    /// <summary>The decision with which the training began: one that was interrupted goes on as it began, whatever has happened to the last model since.</summary>
    public const string BegunDecision = "train/decision.json";

    /// <summary>A row of figures for each epoch.</summary>
    public const string Metrics = "train/metrics.csv";

    /// <summary>How the training ended.</summary>
    public const string TrainingResult = "train/result.json";

    /// <summary>The exported model.</summary>
    public const string Onnx = "export/model.onnx";

    /// <summary>The model with 32-bit numbers, beside one with 8 bits.</summary>
    public const string UnquantizedOnnx = "export/model.fp32.onnx";

    /// <summary>The model with its decoding inside, where the project asks for it.</summary>
    public const string DetectionsOnnx = "export/model.detections.onnx";

    /// <summary>Which layers of a model with 8 bits have 8 bits.</summary>
    public const string Quantization = "export/quantization.json";

    /// <summary>What the exported model reached.</summary>
    public const string Evaluation = "evaluate/evaluation.json";

    /// <summary>What stands behind these figures: curves, confusions and the worst images.</summary>
    public const string EvaluationDetails = "evaluate/details.json";

    /// <summary>Pictures with what the exported model found on them.</summary>
    public const string Preview = "evaluate/preview.png";

    /// <summary>The report of the model, also of one that was not good enough.</summary>
    public const string Report = "report/report.html";

    /// <summary>The folder with its curves as files, where the project asks for them.</summary>
    public const string ReportCurves = "report/curves/";

    /// <summary>Where the labels of each image and object stand, where the project asks for a lint.</summary>
    public const string LabelPlaces = "places.json";

    /// <summary>The labels that the models do not agree with.</summary>
    public const string LintFindings = "lint/findings.json";

    /// <summary>The same for people, without those that somebody accepted.</summary>
    public const string LintList = "lint/findings.txt";

    /// <summary>The same with pictures, as a page.</summary>
    public const string LintPage = "lint/findings.html";

    /// <summary>The folder of a fold.</summary>
    /// <param name="fold">Its number, from 0.</param>
    public static string Fold(int fold) => $"lint/fold{fold + 1}";

    /// <summary>The folder with the files of the last model that was good enough, as they leave the build.</summary>
    public const string Accepted = "model/";

    /// <summary>The ONNX file of that model: the exported one, with its score threshold.</summary>
    public const string AcceptedOnnx = Accepted + "model.onnx";

    /// <summary>The manifest of that model; written last.</summary>
    public const string Manifest = Accepted + "manifest.json";

    /// <summary>The manifest of the model that was good enough before that one, which reports compare it with.</summary>
    public const string ManifestBefore = Accepted + "before.json";

    /// <summary>Names, in that folder, of files that only some models have.</summary>
    public static IReadOnlyList<string> OptionalNames { get; } = ["model.fp32.onnx", "model.detections.onnx"];

    /// <summary>Names, in that folder, of the files that leave the build.</summary>
    public static IReadOnlyList<string> DeliveredNames { get; } =
        ["model.onnx", .. OptionalNames, "model.safetensors", "preview.png", "report.html", "ModelInfo.template", "card.md", "package.targets", "manifest.json"];
}

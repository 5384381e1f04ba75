using NanoDet.Data.Evaluation;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Pipeline.Stages;

/// <summary>Names, in the output folder of the plan, of what the stages from training on leave for each other.</summary>
public static class ModelFiles
{
    /// <summary>The trained weights.</summary>
    public const string Weights = "train/model.safetensors";

    /// <summary>A row of figures for each epoch.</summary>
    public const string Metrics = "train/metrics.csv";

    /// <summary>How the training ended.</summary>
    public const string TrainingResult = "train/result.json";

    /// <summary>The exported model.</summary>
    public const string Onnx = "export/model.onnx";

    /// <summary>What the exported model reached (<see cref="EvaluationResult"/>).</summary>
    public const string Evaluation = "evaluate/evaluation.json";

    /// <summary>Pictures with what the exported model found on them.</summary>
    public const string Preview = "evaluate/preview.png";

    /// <summary>The folder with the files of the last model that was good enough, as they leave the build.</summary>
    public const string Accepted = "model/";

    /// <summary>The manifest of that model (<see cref="ModelManifest"/>); written last.</summary>
    public const string Manifest = Accepted + "manifest.json";
}

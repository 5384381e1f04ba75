using NanoDet.Data.Evaluation;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Pipeline.Stages;

/// <summary>Names of the files in the output folder that training and the later stages write for each other.</summary>
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

    /// <summary>The figures of the exported model (<see cref="EvaluationResult"/>).</summary>
    public const string Evaluation = "evaluate/evaluation.json";

    /// <summary>A picture of images with the detections of the exported model.</summary>
    public const string Preview = "evaluate/preview.png";

    /// <summary>The folder with the files of the last accepted model.</summary>
    public const string Accepted = "model/";

    /// <summary>The manifest of that model (<see cref="ModelManifest"/>); written last.</summary>
    public const string Manifest = Accepted + "manifest.json";
}

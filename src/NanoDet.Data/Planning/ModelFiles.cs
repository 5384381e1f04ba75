namespace NanoDet.Data.Planning;

/// <summary>Names, in the output folder of the plan, of what the stages from training on leave for each other.</summary>
public static class ModelFiles
{
    /// <summary>The trained weights.</summary>
    public const string Weights = "train/model.safetensors";

    /// <summary>The exported model.</summary>
    public const string Onnx = "export/model.onnx";

    /// <summary>What the exported model reached (<see cref="Evaluation.EvaluationResult"/>).</summary>
    public const string Evaluation = "evaluate/evaluation.json";

    /// <summary>Pictures with what the exported model found on them.</summary>
    public const string Preview = "evaluate/preview.png";

    /// <summary>The manifest of the model (<see cref="Models.Manifest.ModelManifest"/>).</summary>
    public const string Manifest = "model/manifest.json";
}

using System.Text.Json;
using Microsoft.Build.Framework;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetEvaluate</c>: evaluates the exported file with the same code that detects objects with it, and draws its detections.</summary>
public sealed class EvaluateModel : WorkerStageTask
{
    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    private protected override string Stage => "evaluate";

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        writer.WriteString("model", Path.Combine(FullOutputFolder, ModelFiles.Onnx));
        writer.WriteString("dataset", Path.Combine(FullOutputFolder, Planner.DatasetName));
        writer.WriteString("imageFolder", ProjectFolder);
        writer.WriteString("output", Path.Combine(FullOutputFolder, ModelFiles.Evaluation));
        writer.WriteString("preview", Path.Combine(FullOutputFolder, ModelFiles.Preview));
        writer.WriteNumber("threads", Threads);
    }

    private protected override IEnumerable<string> Outputs() => StoredStage.Evaluate.Outputs;
}

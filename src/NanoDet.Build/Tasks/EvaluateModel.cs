using System.Text.Json;
using Microsoft.Build.Framework;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetEvaluate</c>: judges the exported file with the code that detects with it, and draws what it finds.</summary>
public sealed class EvaluateModel : WorkerStageTask
{
    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    private protected override string Stage => "evaluate";

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        writer.WriteString("model", Path.Combine(FullOutputFolder, OutputFiles.Onnx));
        writer.WriteString("dataset", Path.Combine(FullOutputFolder, OutputFiles.Dataset));
        writer.WriteString("imageFolder", ProjectFolder);
        writer.WriteString("output", Path.Combine(FullOutputFolder, OutputFiles.Evaluation));
        writer.WriteString("preview", Path.Combine(FullOutputFolder, OutputFiles.Preview));
        writer.WriteNumber("threads", Threads);
    }

    private protected override IEnumerable<string> Outputs() => StoredStage.Evaluate.Outputs;
}

using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Data.Configuration;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetEvaluate</c>: evaluates the exported file with the same code that detects objects with it, and draws its detections.</summary>
public sealed class EvaluateModel : WorkerStageTask
{
    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    /// <summary><c>NanoDetPrecision</c>.</summary>
    [Required]
    public string Precision { get; set; } = "";

    /// <summary><c>NanoDetScoreThreshold</c>.</summary>
    public string ScoreThreshold { get; set; } = "";

    private protected override string Stage => WorkerVerb.Evaluate;

    private protected override WorkerRequest Request() => new EvaluationRequest
    {
        Model = Full(OutputFiles.Onnx),
        UnquantizedModel = Enum.Parse<ExportPrecision>(Precision, ignoreCase: true) == ExportPrecision.Int8 ? Full(OutputFiles.UnquantizedOnnx) : null,
        Dataset = Full(OutputFiles.Dataset),
        ImageFolder = ProjectFolder,
        Output = Full(OutputFiles.Evaluation),
        Preview = Full(OutputFiles.Preview),
        ScoreThreshold = new ProjectProperties(ProjectFile).OptionalFigure("NanoDetScoreThreshold", ScoreThreshold),
        Details = Full(OutputFiles.EvaluationDetails),
        Threads = Threads,
    };

    private protected override IEnumerable<string> Outputs() => StoredStage.Evaluate.Outputs;
}

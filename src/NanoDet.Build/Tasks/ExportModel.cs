using Microsoft.Build.Framework;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetExport</c>: writes the trained network as ONNX, after a check that ONNX Runtime computes the same outputs.</summary>
public sealed class ExportModel : WorkerStageTask
{
    /// <summary>The project's <c>Version</c>.</summary>
    public string Version { get; set; } = "";

    /// <summary><c>NanoDetModelLicense</c>.</summary>
    public string License { get; set; } = "";

    /// <summary><c>NanoDetPrecision</c>.</summary>
    public string Precision { get; set; } = "";

    /// <summary><c>NanoDetExportBatch</c>.</summary>
    public string Batch { get; set; } = "";

    /// <summary><c>NanoDetExportDetections</c>.</summary>
    public bool Detections { get; set; }

    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    /// <summary><c>NanoDetInstructions</c>.</summary>
    public string Instructions { get; set; } = "";

    private protected override string Stage => WorkerVerb.Export;

    private protected override WorkerRequest Request() => new ExportRequest
    {
        Configuration = Full(OutputFiles.Configuration),
        Weights = Full(OutputFiles.Weights),
        Classes = DatasetFile.Read(Full(OutputFiles.Dataset)).Classes,
        Model = Full(OutputFiles.Onnx),
        Precision = ChosenPrecision,
        Calibration = IsQuantized
            ? new CalibrationRequest
            {
                Dataset = Full(OutputFiles.Dataset),
                ImageFolder = ProjectFolder,
                UnquantizedModel = Full(OutputFiles.UnquantizedOnnx),
                Report = Full(OutputFiles.Quantization),
            }
            : null,
        Batch = Enum.Parse<ExportBatch>(Batch, ignoreCase: true),
        Detections = Detections
            ? new DetectionsRequest { Model = Full(OutputFiles.DetectionsOnnx), Dataset = Full(OutputFiles.Dataset), ImageFolder = ProjectFolder }
            : null,
        Threads = Threads,
        Instructions = Instructions.Length > 0 ? Enum.Parse<InstructionSet>(Instructions, ignoreCase: true) : default,
        Version = Version.Length > 0 ? Version : null,
        License = License.Length > 0 ? License : null,
    };

    private protected override IEnumerable<string> Outputs() =>
    [
        .. StoredStage.Export.Outputs,
        .. IsQuantized ? [OutputFiles.UnquantizedOnnx, OutputFiles.Quantization] : Array.Empty<string>(),
        .. Detections ? [OutputFiles.DetectionsOnnx] : Array.Empty<string>(),
    ];

    private ExportPrecision ChosenPrecision => Enum.Parse<ExportPrecision>(Precision, ignoreCase: true);

    private bool IsQuantized => ChosenPrecision == ExportPrecision.Int8;
}

using System.Text.Json;
using Microsoft.Build.Framework;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Planning;
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

    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    /// <summary><c>NanoDetInstructions</c>.</summary>
    public string Instructions { get; set; } = "";

    private protected override string Stage => "export";

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        writer.WriteString("configuration", Path.Combine(FullOutputFolder, RequestFile.ConfigurationName));
        writer.WriteString("weights", Path.Combine(FullOutputFolder, ModelFiles.Weights));
        writer.WriteStartArray("classes");
        foreach (var name in DatasetFile.Read(Path.Combine(FullOutputFolder, Planner.DatasetName)).Classes)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteString("model", Path.Combine(FullOutputFolder, ModelFiles.Onnx));
        writer.WriteString("precision", Precision.ToLowerInvariant());
        writer.WriteNumber("threads", Threads);
        if (Instructions.Length > 0)
        {
            writer.WriteString("instructions", Instructions.ToLowerInvariant());
        }

        if (Version.Length > 0)
        {
            writer.WriteString("version", Version);
        }

        if (License.Length > 0)
        {
            writer.WriteString("license", License);
        }
    }

    private protected override IEnumerable<string> Outputs() => StoredStage.Export.Outputs;
}

using System.Text.Json;
using Microsoft.Build.Framework;
using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetTrain</c>: trains, or resumes an interrupted training.</summary>
public sealed class TrainModel : WorkerStageTask
{
    /// <summary><c>NanoDetThreads</c>.</summary>
    [Required]
    public int Threads { get; set; }

    /// <summary><c>NanoDetDevice</c>.</summary>
    [Required]
    public string Device { get; set; } = "";

    /// <summary><c>NanoDetInstructions</c>.</summary>
    public string Instructions { get; set; } = "";

    /// <summary>The data set for training, by its name in the output folder.</summary>
    [Required]
    public string Dataset { get; set; } = "";

    /// <summary>The folder of a training to repeat; empty for none.</summary>
    public string Repeat { get; set; } = "";

    private protected override string Stage => "train";

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        var configuration = Path.Combine(FullOutputFolder, RequestFile.ConfigurationName);
        writer.WriteString("configuration", configuration);
        writer.WriteString("dataset", Path.Combine(FullOutputFolder, Dataset));
        writer.WriteString("imageFolder", ProjectFolder);
        writer.WriteString("outputFolder", Path.Combine(FullOutputFolder, "train"));
        writer.WriteString("decision", Full(LineageFile.Decision));
        writer.WriteString("parent", Repeat.Length > 0
            ? LineageFile.RepeatedWeights(Path.GetFullPath(Path.Combine(ProjectFolder, Repeat)))
            : Full(LastModelFile.Weights));
        writer.WriteNumber("threads", Threads);
        writer.WriteString("device", Device.ToLowerInvariant());
        if (Instructions.Length > 0)
        {
            writer.WriteString("instructions", Instructions.ToLowerInvariant());
        }

        if (ConfigurationJson.Read(configuration, File.ReadAllBytes(configuration)).Schedule.LoadModel is { } pretrained)
        {
            writer.WriteString("pretrained", ProjectPath.Full(ProjectFolder, pretrained));
        }
    }

    private protected override IEnumerable<string> Outputs()
    {
        var hasParent = LineageFile.Read(Full(LineageFile.Lineage)) is { Way: TrainingWay.FineTune, Parent: { } parent }
            && File.Exists(Full(LineageFile.Parent)) && ContentHash.OfFile(Full(LineageFile.Parent)).ToString() == parent;
        return
        [
            .. StoredStage.Train.Outputs,
            // If weights were only taken, there are no figures of a training.
            .. File.Exists(Full(ModelFiles.Metrics)) ? [ModelFiles.Metrics] : Array.Empty<string>(),
            .. hasParent ? [LineageFile.Parent] : Array.Empty<string>(),
        ];
    }

    private string Full(string name) => Path.Combine(FullOutputFolder, name.Replace('/', Path.DirectorySeparatorChar));
}

using Microsoft.Build.Framework;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Requests;
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

    /// <summary><c>NanoDetTrainingPrecision</c>.</summary>
    [Required]
    public string Precision { get; set; } = "";

    /// <summary><c>NanoDetTf32</c>.</summary>
    [Required]
    public bool Tf32 { get; set; }

    /// <summary>The data set for training, by its name in the output folder.</summary>
    [Required]
    public string Dataset { get; set; } = "";

    /// <summary>The folder of a training to repeat; empty for none.</summary>
    public string Repeat { get; set; } = "";

    private protected override string Stage => WorkerVerb.Train;

    private protected override WorkerRequest Request()
    {
        var configuration = Full(OutputFiles.Configuration);
        var device = DeviceChoice.Parse(Device)!.Value;
        var planned = RequestFile.Read(Full(OutputFiles.Request));
        var schedule = ConfigurationJson.Read(configuration, RegularFile.ReadAllBytes(configuration)).Schedule;
        return new TrainRequest
        {
            Configuration = configuration,
            Dataset = Full(Dataset),
            ImageFolder = ProjectFolder,
            OutputFolder = Full("train"),
            Decision = Full(OutputFiles.Decision),
            Parent = Repeat.Length > 0 ? LineageFile.RepeatedWeights(Path.GetFullPath(Path.Combine(ProjectFolder, Repeat))) : Full(LastModelFile.Weights),
            PretrainedHash = planned.Pretrained,
            BackboneWeightsHash = planned.BackboneWeights,
            DecodedPictures = Full(OutputFiles.DecodedPictures),
            Threads = Threads,
            Device = device.Device,
            Card = device.Card,
            Instructions = Instructions.Length > 0 ? Enum.Parse<InstructionSet>(Instructions, ignoreCase: true) : default,
            Precision = Enum.Parse<TrainingPrecision>(Precision, ignoreCase: true),
            Tf32 = Tf32,
            Pretrained = Weights(schedule.LoadModel),
            BackboneWeights = Weights(schedule.BackboneWeights),
        };

        string? Weights(string? path) => path is null ? null : ProjectPath.Full(ProjectFolder, path);
    }

    private protected override IEnumerable<string> Outputs()
    {
        var hasParent = LineageFile.Read(Full(OutputFiles.Lineage)) is { Way: TrainingWay.FineTune, Parent: { } parent }
            && File.Exists(Full(OutputFiles.Parent)) && ContentHash.OfFile(Full(OutputFiles.Parent)).ToString() == parent;
        return
        [
            .. StoredStage.Train.Outputs,
            // If weights were only taken, there are no figures of a training.
            .. File.Exists(Full(OutputFiles.Metrics)) ? [OutputFiles.Metrics] : Array.Empty<string>(),
            .. hasParent ? [OutputFiles.Parent] : Array.Empty<string>(),
        ];
    }
}

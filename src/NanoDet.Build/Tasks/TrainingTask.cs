using Microsoft.Build.Framework;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>A stage that trains as the project says.</summary>
public abstract class TrainingTask : WorkerStageTask
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

    /// <summary><c>NanoDetPretrained</c>.</summary>
    public string Pretrained { get; set; } = "";

    /// <summary><c>NanoDetConfigurationFile</c>, which may name the pretrained weights.</summary>
    public string ConfigurationFile { get; set; } = "";

    /// <summary>The vector instructions that the project asks for.</summary>
    private protected InstructionSet ChosenInstructions => Instructions.Length > 0 ? Enum.Parse<InstructionSet>(Instructions, ignoreCase: true) : default;

    /// <summary>A new training of the plan's configuration.</summary>
    /// <param name="dataset">The data set, by its name in the output folder.</param>
    /// <param name="folder">The folder of the training, by its name there.</param>
    private protected TrainRequest NewTraining(string dataset, string folder)
    {
        var configuration = Full(OutputFiles.Configuration);
        var device = DeviceChoice.Parse(Device)!.Value;
        var planned = RequestFile.Read(Full(OutputFiles.Request));
        var schedule = ConfigurationJson.Read(configuration, RegularFile.ReadAllBytes(configuration)).Schedule;
        return new TrainRequest
        {
            Configuration = configuration,
            Dataset = Full(dataset),
            ImageFolder = ProjectFolder,
            OutputFolder = Full(folder),
            PretrainedHash = planned.Pretrained,
            BackboneWeightsHash = planned.BackboneWeights,
            DecodedPictures = Full(OutputFiles.DecodedPictures),
            Threads = Threads,
            Device = device.Device,
            Card = device.Card,
            Instructions = ChosenInstructions,
            Precision = Enum.Parse<TrainingPrecision>(Precision, ignoreCase: true),
            Tf32 = Tf32,
            Pretrained = Weights(schedule.LoadModel),
            PretrainedPlace = Pretrained.Length > 0 || schedule.LoadModel is null ? new SourceLocation(ProjectFile) : ConfiguredPlace(),
            BackboneWeights = Weights(schedule.BackboneWeights),
            BackboneWeightsPlace = new SourceLocation(ProjectFile),
        };

        string? Weights(string? path) => path is null ? null : ProjectPath.Full(ProjectFolder, path);

        SourceLocation? ConfiguredPlace()
            => Data.Configuration.ConfigurationFile.Read(ProjectPath.Full(ProjectFolder, ConfigurationFile)).Places.TryGetValue("schedule.load_model", out var place) ? place : null;
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NanoDet.Data.Configuration;
using NanoDet.Data.Fingerprints;
using NanoDet.Training.Native;

namespace NanoDet.Training.Proof;

/// <summary>What has to be computed correctly.</summary>
public sealed record ProofSubject
{
    /// <summary>The network and its inputs.</summary>
    public required NanoDetConfiguration Configuration { get; init; }

    /// <summary>Pictures of a training's step; 0 where nothing is trained.</summary>
    public int TrainingBatch { get; init; }

    /// <summary>Pictures that are detected on at once; 0 where the network does not detect.</summary>
    public int DetectionBatch { get; init; }

    /// <summary>Threads that libtorch computes with.</summary>
    public required int Threads { get; init; }

    /// <summary>What computes.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>The number of the card that computes, if there are several.</summary>
    public int Card { get; init; }

    /// <summary>The instructions that the project asks for.</summary>
    public InstructionSet Instructions { get; init; }

    /// <summary>What a training's step computes in; detection computes in single precision.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Whether a card may use TF32.</summary>
    public bool UsesTf32 { get; init; }

    private IEnumerable<InputSize> TrainingSizes => new[] { Configuration.Train.Size, Configuration.Train.SizeAt(0) }.Distinct();

    /// <summary>Key of a verdict on this subject: what it runs, on which processor, with which libraries.</summary>
    public string Key()
    {
        // Neither decides which operations there are; of the epochs of the guidance module, it only matters whether there is one. Both follow the number of images.
        var model = Configuration.Model with { MovingAverageDecay = null, GuidanceEpochs = TrainingBatch == 0 || Configuration.Model.IsGuidedAt(0) ? null : 0 };
        var configuration = JsonNode.Parse(ConfigurationJson.Write(Configuration with { Model = model }))!;
        string Part(string name) => configuration[name]!.ToJsonString();
        return new Fingerprint(
        [
            new("batches", FormattableString.Invariant($"{TrainingBatch} {DetectionBatch}")),
            new("device", Device == TrainingDevice.Cuda ? FormattableString.Invariant($"{Device} {Card} {(UsesTf32 ? "TF32" : "")}") : Device.ToString()),
            new("instructions", Instructions.ToString()),
            new("libraries", NativeFolders.Versions),
            new("model", Part("model")),
            new("precision", Precision.ToString()),
            new("processor", Processor.Identity),
            new("sizes", string.Join(' ', TrainingSizes.Append(Configuration.Validation.Size))),
            new("threads", FormattableString.Invariant($"{Threads}")),
            new("version", typeof(ProofSubject).Assembly.GetName().Version!.ToString()),
        ]).Hash;
    }

    /// <summary>The distinct operations.</summary>
    internal ImmutableArray<Operation> Operations()
    {
        ImmutableArray<Operation> training = TrainingBatch > 0
            ? [.. TrainingSizes.SelectMany(size => OperationRecorder.OfTraining(Configuration.Model, size, TrainingBatch, Precision)).Distinct()]
            : [];
        var detection = DetectionBatch > 0 ? OperationRecorder.OfDetection(Configuration.Model, Configuration.Validation.Size, DetectionBatch) : [];

        // What runs forward and backward with the same shapes is proved forward by that.
        var known = training.Select(WithoutGradients).ToHashSet();
        return [.. training, .. detection.Where(operation => !known.Contains(operation))];
    }

    private static Operation WithoutGradients(Operation operation) => operation switch
    {
        ConvolutionOperation convolution => convolution with { HasGradients = false },
        MatrixProductOperation product => product with { HasGradients = false },
        AttentionOperation attention => attention with { HasGradients = false },
        LayerNormOperation norm => norm with { HasGradients = false },
        _ => operation,
    };
}

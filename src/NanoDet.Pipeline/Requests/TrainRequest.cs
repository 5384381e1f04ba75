using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;

namespace NanoDet.Pipeline.Requests;

/// <summary>The request for <c>train</c>.</summary>
public sealed record TrainRequest : DatasetRequest
{
    /// <summary>The effective configuration, as the plan writes it.</summary>
    public required string Configuration { get; init; }

    /// <summary>A folder that only this training uses, for weights, checkpoint and logs.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Threads of libtorch. They affect the last bits of the weights, so the request sets them, not the machine.</summary>
    public required int Threads
    {
        get;
        init => field = value is >= 1 and <= 256 ? value : throw new JsonException("'threads' must be a whole number from 1 to 256");
    }

    /// <summary>The device.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>The number of the card, from 0, if there are several.</summary>
    public int Card
    {
        get;
        init => field = value is >= 0 and <= DeviceChoice.LastCard ? value : throw new JsonException("'card' must be a whole number from 0 to 63");
    }

    /// <summary>The vector instructions.</summary>
    public InstructionSet Instructions { get; init; }

    /// <summary>The numbers that a step computes with.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Whether a card may round to TF32 in convolutions and matrix products.</summary>
    public bool Tf32 { get; init; }

    /// <summary>The key of the stage, which the checkpoint keeps, so that a plan knows what it belongs to; null for a training that is no stage.</summary>
    public string? Stage { get; init; }

    /// <summary>Pretrained weights; null for those in the configuration, if any.</summary>
    public string? Pretrained { get; init; }

    /// <summary>SHA-256 of the pretrained weights as the plan read them; null for any.</summary>
    public string? PretrainedHash { get; init; }

    /// <summary>The place that names the pretrained weights, for warnings about them; null for the file itself.</summary>
    public SourceLocation? PretrainedPlace { get; init; }

    /// <summary>Weights for the backbone, loaded before the pretrained ones; null for those in the configuration, if any.</summary>
    public string? BackboneWeights { get; init; }

    /// <summary>SHA-256 of the weights for the backbone as the plan read them; null for any.</summary>
    public string? BackboneWeightsHash { get; init; }

    /// <summary>The place that names the weights for the backbone, for warnings about them; null for the file itself.</summary>
    public SourceLocation? BackboneWeightsPlace { get; init; }

    /// <summary>The plan's decision how to train (<see cref="Incremental.TrainingDecision"/>); null for a new training.</summary>
    public string? Decision { get; init; }

    /// <summary>Weights of the last model; needed if the decision is to continue from them or to take them.</summary>
    public string? Parent { get; init; }

    /// <summary>The file that remembers which pictures decode; null to decode them all before the first step.</summary>
    public string? DecodedPictures { get; init; }

    /// <summary>Megabytes of memory for decoded images.</summary>
    public long PictureCacheMegabytes
    {
        get;
        init => field = value is >= 0 and <= 1 << 20 ? value : throw new JsonException("'pictureCacheMegabytes' must be a number from 0 to 1048576");
    } = 1024;

    /// <summary>Seconds after which a checkpoint is written within an epoch.</summary>
    public double CheckpointSeconds
    {
        get;
        init => field = value is >= 0 and <= 86400 ? value : throw new JsonException("'checkpointSeconds' must be a number from 0 to 86400");
    } = 300;
}

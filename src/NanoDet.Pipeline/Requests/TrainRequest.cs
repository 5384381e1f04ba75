using System.Text.Json;
using NanoDet.Data.Configuration;

namespace NanoDet.Pipeline.Requests;

/// <summary>What <c>train</c> is asked for.</summary>
public sealed record TrainRequest : DatasetRequest
{
    /// <summary>The effective configuration, as the plan writes it.</summary>
    public required string Configuration { get; init; }

    /// <summary>A folder that belongs to this training alone and takes weights, checkpoint and logs.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Threads that libtorch computes with. They decide the last bits of the weights, so they are asked for and not found out.</summary>
    public required int Threads
    {
        get;
        init => field = value is >= 1 and <= 256 ? value : throw new JsonException("'threads' must be a whole number from 1 to 256");
    }

    /// <summary>What is computed on.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>The vector instructions that are computed with.</summary>
    public InstructionSet Instructions { get; init; }

    /// <summary>Weights to start from; null for those that the configuration names, if any.</summary>
    public string? Pretrained { get; init; }

    /// <summary>The plan's decision how to train (<see cref="Incremental.TrainingDecision"/>); null for from scratch.</summary>
    public string? Decision { get; init; }

    /// <summary>Weights of the last model; needed where the decision is to go on from them or to take them.</summary>
    public string? Parent { get; init; }

    /// <summary>Most megabytes of decoded pictures that are kept in memory.</summary>
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

using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>Optimizer, learning rate and length of a training (<c>schedule</c>).</summary>
public sealed record ScheduleConfiguration
{
    /// <summary>The optimizer.</summary>
    public required OptimizerConfiguration Optimizer { get; init; }

    /// <summary>The first steps.</summary>
    public required WarmupConfiguration Warmup { get; init; }

    /// <summary>How the learning rate falls from epoch to epoch.</summary>
    public required LearningRateConfiguration LearningRate { get; init; }

    /// <summary>Number of epochs (<c>total_epochs</c>).</summary>
    public required int TotalEpochs { get; init; }

    /// <summary>Number of epochs between two validations (<c>val_intervals</c>).</summary>
    public int ValidationInterval { get; init; } = 10;

    /// <summary>Pretrained weights; null for none (<c>load_model</c>).</summary>
    public string? LoadModel { get; init; }

    /// <summary>Weights of ImageNet for the backbone; null for none. NanoDet downloads its own if <c>pretrain</c> is true.</summary>
    public string? BackboneWeights { get; init; }

    /// <summary>Whether the file has the key <c>resume</c>, which makes the original resume whatever its value is.</summary>
    public bool Resume { get; init; }

    /// <summary>Parts of the network that are not trained, including their running statistics; NanoDet has no such key.</summary>
    public ImmutableArray<ModelPart> Freeze { get; init; } = [];

    /// <summary>Training stops after this many validations without an improvement; null for never. NanoDet has no such key.</summary>
    public int? EarlyStopPatience { get; init; }

    /// <summary>Training stops at the end of the epoch in which this many minutes have passed; null for no limit. NanoDet has no such key.</summary>
    public double? MaxMinutes { get; init; }
}

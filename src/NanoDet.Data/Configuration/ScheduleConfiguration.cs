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

    /// <summary>Passes over the training part (<c>total_epochs</c>).</summary>
    public required int TotalEpochs { get; init; }

    /// <summary>Epochs from one validation to the next (<c>val_intervals</c>).</summary>
    public int ValidationInterval { get; init; } = 10;

    /// <summary>Weights to start from; null for none (<c>load_model</c>).</summary>
    public string? LoadModel { get; init; }

    /// <summary>Whether the file has the key <c>resume</c>, which the original obeys whatever its value.</summary>
    public bool Resume { get; init; }

    /// <summary>Parts of the network that stay as they are, their running statistics too; NanoDet has no such key.</summary>
    public ImmutableArray<ModelPart> Freeze { get; init; } = [];

    /// <summary>Validations without a better figure after which training stops; null to go on. NanoDet has no such key.</summary>
    public int? EarlyStopPatience { get; init; }

    /// <summary>Minutes after which training stops at the end of an epoch; null for no limit. NanoDet has no such key.</summary>
    public double? MaxMinutes { get; init; }
}

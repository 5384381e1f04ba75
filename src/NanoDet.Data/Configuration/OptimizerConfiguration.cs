using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>An optimizer and its settings (<c>schedule.optimizer</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AdamWConfiguration), "AdamW")]
[JsonDerivedType(typeof(SgdConfiguration), "SGD")]
public abstract record OptimizerConfiguration
{
    /// <summary>Learning rate at the top of the schedule.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>No decay for the parameters of normalisation layers.</summary>
    public bool NoNormDecay { get; init; }

    /// <summary>No decay for biases.</summary>
    public bool NoBiasDecay { get; init; }

    /// <summary>Factors for parameters whose name contains a text (<c>param_level_cfg</c>); the first match applies.</summary>
    public ImmutableArray<ParameterLevel> ParameterLevels { get; init; } = [];
}

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
public sealed record AdamWConfiguration : OptimizerConfiguration
{
    /// <summary>Decay of the mean of the gradients.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of their squares.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the divisor.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>Stochastic gradient descent with momentum.</summary>
public sealed record SgdConfiguration : OptimizerConfiguration
{
    /// <summary>The momentum: the share of the last step that is kept.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether to use Nesterov momentum.</summary>
    public bool Nesterov { get; init; }
}

/// <summary>Factors for the parameters whose name contains <paramref name="NamePart"/>.</summary>
/// <param name="NamePart">Part of the parameter's name, such as <c>backbone</c>.</param>
/// <param name="LearningRateFactor">Factor on the learning rate (<c>lr_mult</c>).</param>
/// <param name="DecayFactor">Factor on the weight decay (<c>decay_mult</c>).</param>
public sealed record ParameterLevel(string NamePart, double LearningRateFactor = 1, double DecayFactor = 1);

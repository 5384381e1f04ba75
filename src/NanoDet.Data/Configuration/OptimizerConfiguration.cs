using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>An optimizer and its settings (<c>schedule.optimizer</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AdamWConfiguration), "AdamW")]
[JsonDerivedType(typeof(SgdConfiguration), "SGD")]
[JsonDerivedType(typeof(AdamConfiguration), "Adam")]
[JsonDerivedType(typeof(AdamaxConfiguration), "Adamax")]
[JsonDerivedType(typeof(NAdamConfiguration), "NAdam")]
[JsonDerivedType(typeof(RAdamConfiguration), "RAdam")]
[JsonDerivedType(typeof(RmsPropConfiguration), "RMSprop")]
[JsonDerivedType(typeof(AdagradConfiguration), "Adagrad")]
[JsonDerivedType(typeof(AdadeltaConfiguration), "Adadelta")]
[JsonDerivedType(typeof(AsgdConfiguration), "ASGD")]
[JsonDerivedType(typeof(RpropConfiguration), "Rprop")]
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

/// <summary>An optimizer of the family of Adam, which keeps means of the gradients and of their sizes.</summary>
public abstract record MomentConfiguration : OptimizerConfiguration
{
    /// <summary>Decay of the mean of the gradients.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of their squares.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the divisor.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
public sealed record AdamWConfiguration : MomentConfiguration;

/// <summary>Adam (Kingma and Ba, 2015), whose weight decay is part of the gradient.</summary>
public sealed record AdamConfiguration : MomentConfiguration;

/// <summary>Adam with the largest gradient instead of the mean of squares (Kingma and Ba, 2015).</summary>
public sealed record AdamaxConfiguration : MomentConfiguration;

/// <summary>Adam with Nesterov momentum (Dozat, 2016).</summary>
public sealed record NAdamConfiguration : MomentConfiguration
{
    /// <summary>How quickly the momentum rises.</summary>
    public double MomentumDecay { get; init; } = 0.004;
}

/// <summary>Adam with a rectified first phase (Liu et al., 2020).</summary>
public sealed record RAdamConfiguration : MomentConfiguration;

/// <summary>Gradients divided by the root of the mean of their squares (Hinton, 2012).</summary>
public sealed record RmsPropConfiguration : OptimizerConfiguration
{
    /// <summary>Decay of the mean of the squares.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>Added to the divisor.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The momentum; 0 for none.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the divisor is the deviation instead of the root of the mean of squares.</summary>
    public bool Centered { get; init; }
}

/// <summary>Gradients divided by the root of the sum of their squares (Duchi et al., 2011).</summary>
public sealed record AdagradConfiguration : OptimizerConfiguration
{
    /// <summary>How quickly the learning rate falls with the steps.</summary>
    public double LearningRateDecay { get; init; }

    /// <summary>The sum of squares before the first step.</summary>
    public double InitialSum { get; init; }

    /// <summary>Added to the divisor.</summary>
    public double Epsilon { get; init; } = 1e-10;
}

/// <summary>Steps as large as the last ones relative to their gradients (Zeiler, 2012).</summary>
public sealed record AdadeltaConfiguration : OptimizerConfiguration
{
    /// <summary>Decay of the means.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>Added to the means.</summary>
    public double Epsilon { get; init; } = 1e-6;
}

/// <summary>Gradient descent whose rate falls with the steps (Polyak and Juditsky, 1992). As in PyTorch, the mean of the weights is not used.</summary>
public sealed record AsgdConfiguration : OptimizerConfiguration
{
    /// <summary>Decay of the weights.</summary>
    public double Lambda { get; init; } = 1e-4;

    /// <summary>The power with which the rate falls.</summary>
    public double Alpha { get; init; } = 0.75;
}

/// <summary>Steps by the signs of gradients alone (Riedmiller and Braun, 1993).</summary>
public sealed record RpropConfiguration : OptimizerConfiguration
{
    /// <summary>Factor on a step where the sign changed.</summary>
    public double Shrink { get; init; } = 0.5;

    /// <summary>Factor on a step where the sign is the same.</summary>
    public double Grow { get; init; } = 1.2;

    /// <summary>The smallest step.</summary>
    public double SmallestStep { get; init; } = 1e-6;

    /// <summary>The largest step.</summary>
    public double LargestStep { get; init; } = 50;
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

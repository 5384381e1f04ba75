using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>How the learning rate falls from epoch to epoch (<c>schedule.lr_schedule</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CosineAnnealingConfiguration), "CosineAnnealingLR")]
[JsonDerivedType(typeof(MultiStepConfiguration), "MultiStepLR")]
[JsonDerivedType(typeof(StepConfiguration), "StepLR")]
[JsonDerivedType(typeof(ExponentialConfiguration), "ExponentialLR")]
[JsonDerivedType(typeof(ConstantConfiguration), "ConstantLR")]
[JsonDerivedType(typeof(LinearConfiguration), "LinearLR")]
[JsonDerivedType(typeof(PolynomialConfiguration), "PolynomialLR")]
[JsonDerivedType(typeof(WarmRestartsConfiguration), "CosineAnnealingWarmRestarts")]
public abstract record LearningRateConfiguration;

/// <summary>Half a cosine from the optimizer's rate to <paramref name="EtaMin"/>.</summary>
/// <param name="TMax">Its length in epochs.</param>
/// <param name="EtaMin">Rate at its end.</param>
public sealed record CosineAnnealingConfiguration(int TMax, double EtaMin) : LearningRateConfiguration
{
    /// <summary>
    /// Whether the rate is computed from the epoch (the intended cosine) instead of multiplying the current rate as
    /// PyTorch's chainable form does, which a long warm-up distorts.
    /// </summary>
    public bool ClosedForm { get; init; }
}

/// <summary>A factor at each of the given epochs.</summary>
/// <param name="Milestones">The epochs, in rising order.</param>
/// <param name="Gamma">The factor.</param>
public sealed record MultiStepConfiguration(ImmutableArray<int> Milestones, double Gamma) : LearningRateConfiguration;

/// <summary>A factor after every so many epochs.</summary>
/// <param name="StepSize">The number of epochs.</param>
/// <param name="Gamma">The factor.</param>
public sealed record StepConfiguration(int StepSize, double Gamma) : LearningRateConfiguration;

/// <summary>A factor after every epoch.</summary>
/// <param name="Gamma">The factor.</param>
public sealed record ExponentialConfiguration(double Gamma) : LearningRateConfiguration;

/// <summary>A factor in the first epochs.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="TotalEpochs">The number of epochs.</param>
public sealed record ConstantConfiguration(double Factor, int TotalEpochs) : LearningRateConfiguration;

/// <summary>A factor that changes evenly in the first epochs.</summary>
/// <param name="StartFactor">The factor at first.</param>
/// <param name="EndFactor">The factor at their end.</param>
/// <param name="TotalEpochs">The number of epochs.</param>
public sealed record LinearConfiguration(double StartFactor, double EndFactor, int TotalEpochs) : LearningRateConfiguration;

/// <summary>A power of the share of epochs that are left.</summary>
/// <param name="TotalEpochs">The number of epochs.</param>
/// <param name="Power">The power.</param>
public sealed record PolynomialConfiguration(int TotalEpochs, double Power) : LearningRateConfiguration;

/// <summary>Half a cosine again and again (Loshchilov and Hutter, 2017).</summary>
/// <param name="FirstEpochs">The length of the first in epochs.</param>
/// <param name="Factor">How much longer each is than the one before.</param>
/// <param name="EtaMin">Rate at the end of each.</param>
public sealed record WarmRestartsConfiguration(int FirstEpochs, int Factor, double EtaMin) : LearningRateConfiguration;

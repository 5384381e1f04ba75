using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>How the learning rate falls from epoch to epoch (<c>schedule.lr_schedule</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CosineAnnealingConfiguration), "CosineAnnealingLR")]
[JsonDerivedType(typeof(MultiStepConfiguration), "MultiStepLR")]
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

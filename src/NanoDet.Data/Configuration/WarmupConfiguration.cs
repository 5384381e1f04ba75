namespace NanoDet.Data.Configuration;

/// <summary>The first steps of a training (<c>schedule.warmup</c>).</summary>
/// <param name="Kind">How the factor rises.</param>
/// <param name="Steps">Its length in steps.</param>
/// <param name="Ratio">Factor on the learning rate at the first step.</param>
public sealed record WarmupConfiguration(WarmupKind Kind, int Steps, double Ratio);

/// <summary>How the learning rate rises in the first steps.</summary>
public enum WarmupKind
{
    /// <summary>Constant, at the ratio.</summary>
    Constant,

    /// <summary>Linearly.</summary>
    Linear,

    /// <summary>Exponentially: by a constant factor per step.</summary>
    Exponential,
}

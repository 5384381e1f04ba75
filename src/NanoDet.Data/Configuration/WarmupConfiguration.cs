namespace NanoDet.Data.Configuration;

/// <summary>The first steps of a training (<c>schedule.warmup</c>).</summary>
/// <param name="Kind">How the factor rises.</param>
/// <param name="Steps">Steps it lasts.</param>
/// <param name="Ratio">Factor on the learning rate at the first step.</param>
public sealed record WarmupConfiguration(WarmupKind Kind, int Steps, double Ratio);

/// <summary>How the learning rate rises in the first steps.</summary>
public enum WarmupKind
{
    /// <summary>At the ratio all the time.</summary>
    Constant,

    /// <summary>In a straight line.</summary>
    Linear,

    /// <summary>By a constant factor a step.</summary>
    Exponential,
}

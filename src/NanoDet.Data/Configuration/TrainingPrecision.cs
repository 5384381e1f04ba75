namespace NanoDet.Data.Configuration;

/// <summary>The numbers that the network computes with in a training step (<c>NanoDetTrainingPrecision</c>).</summary>
public enum TrainingPrecision
{
    /// <summary>Single precision everywhere.</summary>
    Single,

    /// <summary>
    /// bf16, which has the range of single precision and eight bits of it, for convolutions and feature maps; weights, statistics,
    /// losses and the optimizer stay in single precision.
    /// </summary>
    BFloat16,
}

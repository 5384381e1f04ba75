using NanoDet.Data.Configuration;

namespace NanoDet.Cuda.Trainings;

/// <summary>A training of NanoDet-Plus-m 320 on BCCD with the published weights of NanoDet-m, as a build with default settings does it.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Batch">Pictures in a step.</param>
/// <param name="Epochs">The number of epochs.</param>
internal sealed record TrainingOrder(string Name, int Batch, int Epochs)
{
    /// <summary>How often a picture is visited in an epoch.</summary>
    public int Visits { get; init; } = 1;

    /// <summary>Epochs between two validations; 0 to validate nothing, null for the default.</summary>
    public int? ValidationInterval { get; init; }

    /// <summary>Steps between two lines of progress; null for the default.</summary>
    public int? LogInterval { get; init; }

    /// <summary>Seconds between two checkpoints within an epoch.</summary>
    public double CheckpointSeconds { get; init; } = 300;

    /// <summary>What a step computes in.</summary>
    public TrainingPrecision Precision { get; init; }
}

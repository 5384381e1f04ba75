namespace NanoDet.Training.Loading;

/// <summary>A position in a training: an epoch and a step in it, both from 0.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="StepInEpoch">The step in the epoch.</param>
public readonly record struct TrainingPosition(int Epoch, int StepInEpoch)
{
    /// <summary>The step counted over all epochs.</summary>
    public long Step(int stepsPerEpoch) => ((long)Epoch * stepsPerEpoch) + StepInEpoch;
}

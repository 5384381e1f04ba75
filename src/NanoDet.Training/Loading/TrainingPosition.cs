namespace NanoDet.Training.Loading;

/// <summary>A position in a training: an epoch and a step in it, both from 0.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="StepInEpoch">The step in the epoch.</param>
public readonly record struct TrainingPosition(int Epoch, int StepInEpoch)
{
    /// <summary>What comes next, for people; after the last step of an epoch it is its end, which may validate.</summary>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    public string InWords(int stepsPerEpoch) => StepInEpoch < stepsPerEpoch
        ? FormattableString.Invariant($"epoch {Epoch + 1}, step {StepInEpoch + 1}")
        : FormattableString.Invariant($"the end of epoch {Epoch + 1}, after its last step");

    /// <summary>The step counted over all epochs.</summary>
    public long Step(int stepsPerEpoch) => ((long)Epoch * stepsPerEpoch) + StepInEpoch;
}

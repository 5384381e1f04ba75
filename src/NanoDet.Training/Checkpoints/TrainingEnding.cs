namespace NanoDet.Training.Checkpoints;

/// <summary>Why a training ended.</summary>
public enum TrainingEnding
{
    /// <summary>Every epoch was trained.</summary>
    Complete,

    /// <summary>The deciding figure did not improve for the allowed number of validations.</summary>
    EarlyStop,

    /// <summary>The time limit was reached.</summary>
    TimeBudget,
}

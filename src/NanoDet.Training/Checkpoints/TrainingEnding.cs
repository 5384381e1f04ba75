namespace NanoDet.Training.Checkpoints;

/// <summary>Why a training ended.</summary>
public enum TrainingEnding
{
    /// <summary>Every epoch was trained.</summary>
    Complete,

    /// <summary>The figure that decides had not become better for as long as was allowed.</summary>
    EarlyStop,

    /// <summary>The time that was allowed is used up.</summary>
    TimeBudget,
}

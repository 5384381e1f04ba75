namespace NanoDet.Data.Evaluation;

/// <summary>How a detection is counted.</summary>
internal enum MatchOutcome : byte
{
    /// <summary>It is a false alarm.</summary>
    FalsePositive,

    /// <summary>It matches an object to count.</summary>
    TruePositive,

    /// <summary>It matches an ignored object, or matches nothing and is outside the range of areas.</summary>
    Ignored,
}

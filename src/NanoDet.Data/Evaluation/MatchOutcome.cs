namespace NanoDet.Data.Evaluation;

/// <summary>What a detection counts as.</summary>
internal enum MatchOutcome : byte
{
    /// <summary>It found nothing.</summary>
    FalsePositive,

    /// <summary>It found an object that counts.</summary>
    TruePositive,

    /// <summary>It found an ignored object, or found nothing and lies outside the range of areas.</summary>
    Ignored,
}

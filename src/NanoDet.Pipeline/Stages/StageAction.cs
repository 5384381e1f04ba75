namespace NanoDet.Pipeline.Stages;

/// <summary>What the build does with a stage.</summary>
public enum StageAction
{
    /// <summary>Its outputs are up to date.</summary>
    Skip,

    /// <summary>It runs.</summary>
    Run,

    /// <summary>Its outputs are restored from the store.</summary>
    Restore,
}

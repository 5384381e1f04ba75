namespace NanoDet.Pipeline.Stages;

/// <summary>What the build does about a stage.</summary>
public enum StageAction
{
    /// <summary>Its outputs are there and were made from what is there now.</summary>
    Skip,

    /// <summary>It runs.</summary>
    Run,

    /// <summary>Its outputs come from the store, where an earlier run left them.</summary>
    Restore,
}

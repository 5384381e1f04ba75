namespace NanoDet.Cuda.Reporting;

/// <summary>What a figure says about training on the device.</summary>
internal enum Verdict
{
    /// <summary>It keeps its bar.</summary>
    Ok,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>It is only told: it has no bar here.</summary>
    Told,
}

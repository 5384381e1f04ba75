namespace NanoDet.Pipeline.Incremental;

/// <summary>The settings of a project for changed data.</summary>
public sealed record IncrementalSettings
{
    /// <summary><c>NanoDetIncremental</c>.</summary>
    public IncrementalPolicy Policy { get; init; }

    /// <summary><c>NanoDetIncrementalMaximumChange</c>: the largest share of the labelled objects that may have changed.</summary>
    public double MaximumChange { get; init; } = 0.3;

    /// <summary><c>NanoDetIncrementalGenerations</c>: the largest number of warm starts in a row.</summary>
    public int Generations { get; init; } = 5;

    /// <summary><c>NanoDetIncrementalTolerance</c>: how far the mAP may fall behind the last model's.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>
    /// The folder of a training to repeat (<c>NanoDetVerify</c>), relative to the project's folder: only its lineage decides
    /// how to train. Null for none.
    /// </summary>
    public string? Repeat { get; init; }

    /// <summary>Whether this build starts a new training even if nothing changed (<c>NanoDetRebuildFromScratch</c>).</summary>
    public bool FromScratch { get; init; }
}

namespace NanoDet.Pipeline.Incremental;

/// <summary>What a project says about changed data.</summary>
public sealed record IncrementalSettings
{
    /// <summary><c>NanoDetIncremental</c>.</summary>
    public IncrementalPolicy Policy { get; init; }

    /// <summary><c>NanoDetIncrementalMaximumChange</c>: the largest share of the labelled objects that may have changed.</summary>
    public double MaximumChange { get; init; } = 0.3;

    /// <summary><c>NanoDetIncrementalGenerations</c>: how often a model may go on from one that went on.</summary>
    public int Generations { get; init; } = 5;

    /// <summary><c>NanoDetIncrementalTolerance</c>: how far the mAP may fall behind the last model's.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>
    /// The folder of a training that is done again (<c>NanoDetVerify</c>), relative to the project's: its lineage decides, and
    /// nothing else. Null for none.
    /// </summary>
    public string? Repeat { get; init; }

    /// <summary>Whether this one build trains from scratch, though nothing asks for it (<c>NanoDetRebuildFromScratch</c>).</summary>
    public bool FromScratch { get; init; }
}

using NanoDet.Data.Linting;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Planning;

/// <summary>What a project says about the making of its model, besides data and configuration.</summary>
public sealed record ModelInputs
{
    /// <summary>
    /// Threads that training computes with (<c>NanoDetThreads</c>). They decide the order of sums and with it the last bits of
    /// the weights: a number of the project and not of the machine.
    /// </summary>
    public required int Threads { get; init; }

    /// <summary>What training computes on (<c>NanoDetDevice</c>): <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>
    /// The vector instructions that training computes with (<c>NanoDetInstructions</c>): <c>avx2</c> or <c>avx512</c>; null for
    /// the best that the processor has.
    /// </summary>
    public string? Instructions { get; init; }

    /// <summary>
    /// What the network computes in during training (<c>NanoDetTrainingPrecision</c>): <c>bfloat16</c>; null for single precision.
    /// </summary>
    public string? TrainingPrecision { get; init; }

    /// <summary>Whether a card may use TF32 (<c>NanoDetTf32</c>); null where no card computes.</summary>
    public bool? Tf32 { get; init; }

    /// <summary>How the numbers in the exported file are kept (<c>NanoDetPrecision</c>): <c>single</c>, <c>half</c> or <c>int8</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>How many pictures a run of the exported network takes (<c>NanoDetExportBatch</c>): <c>open</c>; null for one.</summary>
    public string? Batch { get; init; }

    /// <summary>Whether there is a second file with the decoding inside (<c>NanoDetExportDetections</c>).</summary>
    public bool Detections { get; init; }

    /// <summary>The score threshold of the model (<c>NanoDetScoreThreshold</c>); null for the measured one.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>The project's <c>Version</c>, which the exported file carries.</summary>
    public required string Version { get; init; }

    /// <summary>What happens when the data changed (<c>NanoDetIncremental</c> and its like).</summary>
    public IncrementalSettings Incremental { get; init; } = new();

    /// <summary>How labels are compared with what models find (<c>NanoDetLint</c>); null where they are not.</summary>
    public LintWay? Lint { get; init; }

    /// <summary>From which confidences on a disagreement is told (<c>NanoDetLintConfidence</c>).</summary>
    public LintConfidences LintConfidences { get; init; } = LintConfidences.None;

    /// <summary>Licence of the model (<c>NanoDetModelLicense</c>); empty where nothing is said.</summary>
    public string License { get; init; } = "";
}

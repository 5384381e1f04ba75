using NanoDet.Data.Configuration;

namespace NanoDet.Training.Export;

/// <summary>The options of an export.</summary>
public sealed record ExportOptions
{
    /// <summary>The batch size; null if it is dynamic.</summary>
    public int? Batch { get; init; } = 1;

    /// <summary>The precision of weights and computation; input and output always have 32 bits.</summary>
    public ExportPrecision Precision { get; init; }

    /// <summary>
    /// Whether the outputs are boxes, scores and labels after non-maximum suppression instead of raw predictions. For runtimes
    /// without our decoding; the batch size is 1.
    /// </summary>
    public bool Postprocessing { get; init; }
}

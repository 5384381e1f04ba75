using NanoDet.Data.Configuration;

namespace NanoDet.Training.Export;

/// <summary>What kind of file is exported.</summary>
public sealed record ExportOptions
{
    /// <summary>Pictures that one run takes; null for any number.</summary>
    public int? Batch { get; init; } = 1;

    /// <summary>How the numbers inside are kept and worked with; input and output have 32 bits in any case.</summary>
    public ExportPrecision Precision { get; init; }

    /// <summary>
    /// Whether the file ends in boxes, scores and labels, doubles dropped, in place of the raw predictions. For runtimes
    /// without our own decoding; takes one picture a run.
    /// </summary>
    public bool Postprocessing { get; init; }
}

using NanoDet.Data.Configuration;

namespace NanoDet.Training.Export;

/// <summary>The options of an export.</summary>
public sealed record ExportOptions
{
    /// <summary>The batch size; null if it is dynamic.</summary>
    public int? Batch { get; init; } = 1;

    /// <summary>The precision of weights and computation; input and output always have 32 bits.</summary>
    public ExportPrecision Precision { get; init; }
}

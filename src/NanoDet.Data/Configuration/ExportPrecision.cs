namespace NanoDet.Data.Configuration;

/// <summary>How an exported network keeps its numbers.</summary>
public enum ExportPrecision
{
    /// <summary>32-bit floating point, as in training.</summary>
    Single,

    /// <summary>16-bit floating point: half the file, and faster where the hardware knows it.</summary>
    Half,
}

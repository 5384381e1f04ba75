namespace NanoDet.Data.Configuration;

/// <summary>The precision of an exported network.</summary>
public enum ExportPrecision
{
    /// <summary>32-bit floating point, as in training.</summary>
    Single,

    /// <summary>16-bit floating point: half the file size, and faster on hardware that supports it.</summary>
    Half,

    /// <summary>8-bit whole numbers: a third of the file size, and faster on processors; ranges are measured on pictures of the training part.</summary>
    Int8,
}

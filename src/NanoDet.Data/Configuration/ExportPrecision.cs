namespace NanoDet.Data.Configuration;

/// <summary>The precision of an exported network.</summary>
public enum ExportPrecision
{
    /// <summary>32-bit floating point, as in training.</summary>
    Single,

    /// <summary>16-bit floating point: half the file size, and faster on hardware that supports it.</summary>
    Half,
}

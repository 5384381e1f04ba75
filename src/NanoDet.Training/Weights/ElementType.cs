namespace NanoDet.Training.Weights;

/// <summary>The types of numbers in weight files.</summary>
public enum ElementType
{
    /// <summary>Booleans, one byte each.</summary>
    Bool,

    /// <summary>Unsigned bytes.</summary>
    UInt8,

    /// <summary>Signed bytes.</summary>
    Int8,

    /// <summary>16-bit integers.</summary>
    Int16,

    /// <summary>32-bit integers.</summary>
    Int32,

    /// <summary>64-bit integers.</summary>
    Int64,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a single.</summary>
    BFloat16,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,
}

using NanoDet.Data.Images;

namespace NanoDet.Data.Validation;

/// <summary>How labels are judged where there is a choice.</summary>
public sealed record ValidationPolicy
{
    /// <summary>What the EXIF orientation means.</summary>
    public OrientationPolicy Orientation { get; init; } = OrientationPolicy.Apply;

    /// <summary>What becomes of a box that reaches beyond its image.</summary>
    public OutsidePolicy Outside { get; init; } = OutsidePolicy.Clip;

    /// <summary>What becomes of an object that is marked as difficult.</summary>
    public DifficultPolicy Difficult { get; init; } = DifficultPolicy.Ignore;

    /// <summary>What an image without labels is.</summary>
    public UnlabeledPolicy Unlabeled { get; init; } = UnlabeledPolicy.LeaveOut;

    /// <summary>A class with fewer objects than this is warned about.</summary>
    public int RareClassMinimum { get; init; } = 5;
}

/// <summary>What becomes of a box that reaches beyond its image.</summary>
public enum OutsidePolicy
{
    /// <summary>It is cut at the edge; left out where nothing remains.</summary>
    Clip,

    /// <summary>It is left out.</summary>
    Drop,
}

/// <summary>What becomes of an object that is marked as difficult.</summary>
public enum DifficultPolicy
{
    /// <summary>It stays, but is neither learnt nor counted for or against a detection, as Pascal VOC evaluates.</summary>
    Ignore,

    /// <summary>It is an object like any other.</summary>
    Keep,

    /// <summary>It is left out, so that a detection there is a false one.</summary>
    Drop,
}

/// <summary>What an image without labels is.</summary>
public enum UnlabeledPolicy
{
    /// <summary>Not labelled yet: left out, with a warning.</summary>
    LeaveOut,

    /// <summary>A negative image: nothing is on it.</summary>
    Negative,
}

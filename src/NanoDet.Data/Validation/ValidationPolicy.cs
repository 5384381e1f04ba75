using NanoDet.Data.Images;

namespace NanoDet.Data.Validation;

/// <summary>The settings of the checks of labels.</summary>
public sealed record ValidationPolicy
{
    /// <summary>Whether the EXIF orientation is applied.</summary>
    public OrientationPolicy Orientation { get; init; } = OrientationPolicy.Apply;

    /// <summary>What to do with a box that reaches beyond its image.</summary>
    public OutsidePolicy Outside { get; init; } = OutsidePolicy.Clip;

    /// <summary>What to do with an object that is marked as difficult.</summary>
    public DifficultPolicy Difficult { get; init; } = DifficultPolicy.Ignore;

    /// <summary>What to do with an image without labels.</summary>
    public UnlabeledPolicy Unlabeled { get; init; } = UnlabeledPolicy.LeaveOut;

    /// <summary>What to do with an object of a class that the list of classes does not have.</summary>
    public OtherClassPolicy OtherClasses { get; init; } = OtherClassPolicy.Error;

    /// <summary>Warn about classes with fewer objects than this.</summary>
    public int RareClassMinimum { get; init; } = 5;
}

/// <summary>What to do with a box that reaches beyond its image.</summary>
public enum OutsidePolicy
{
    /// <summary>It is clipped to the image, and left out if nothing remains.</summary>
    Clip,

    /// <summary>It is left out.</summary>
    Drop,
}

/// <summary>What to do with an object that is marked as difficult.</summary>
public enum DifficultPolicy
{
    /// <summary>It is kept, but ignored in training and evaluation, as in Pascal VOC.</summary>
    Ignore,

    /// <summary>It is treated like any other object.</summary>
    Keep,

    /// <summary>It is left out, so that a detection there is a false alarm.</summary>
    Drop,
}

/// <summary>What to do with an image without labels.</summary>
public enum UnlabeledPolicy
{
    /// <summary>It is not labelled yet: it is left out, with a warning.</summary>
    LeaveOut,

    /// <summary>It is a negative image: it shows no object.</summary>
    Negative,
}

/// <summary>What to do with an object of a class that the list of classes does not have.</summary>
public enum OtherClassPolicy
{
    /// <summary>It is an error: the class may be misspelt.</summary>
    Error,

    /// <summary>It is left out: the model learns only the listed classes of a data set that has more.</summary>
    Ignore,
}

namespace NanoDet.Vision.Augmentation;

/// <summary>Whether a transformed box is kept, and why not.</summary>
public enum BoxVisibility
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Nothing of it is on the canvas.</summary>
    Outside,

    /// <summary>Too small a share of it is on the canvas.</summary>
    HardlyVisible,

    /// <summary>The part on the canvas is too small.</summary>
    TooSmall,
}

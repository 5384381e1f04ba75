namespace NanoDet.Vision.Augmentation;

/// <summary>What becomes of a box that moved.</summary>
public enum BoxVisibility
{
    /// <summary>It stays.</summary>
    Kept,

    /// <summary>Nothing of it is on the canvas.</summary>
    Outside,

    /// <summary>Too small a share of it is on the canvas.</summary>
    HardlyVisible,

    /// <summary>What is on the canvas has too few pixels.</summary>
    TooSmall,
}

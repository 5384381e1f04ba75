namespace NanoDet.Imaging.Colors;

/// <summary>
/// The original's colour changes, in its order, on a 0 to 1 scale and without clipping (<c>color.py</c>): brightness is
/// added, contrast multiplies, saturation multiplies S of HSV.
/// </summary>
/// <param name="Brightness">Added to every channel; 0 changes nothing.</param>
/// <param name="Contrast">Multiplies every channel; 1 changes nothing.</param>
/// <param name="Saturation">Multiplies the saturation; null does not change it.</param>
public readonly record struct ColorJitter(double Brightness, double Contrast, double? Saturation)
{
    /// <summary>Changes nothing.</summary>
    public static ColorJitter None { get; } = new(0, 1, null);
}

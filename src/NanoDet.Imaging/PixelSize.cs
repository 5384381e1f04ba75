namespace NanoDet.Imaging;

/// <summary>Width and height of an image or of a network's input.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>Width times height.</summary>
    public long Area => (long)Width * Height;
}

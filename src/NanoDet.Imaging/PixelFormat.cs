namespace NanoDet.Imaging;

/// <summary>How the bytes of a pixel are ordered.</summary>
public enum PixelFormat
{
    /// <summary>Blue, green, red and alpha, which is ignored: the order of bitmaps on Windows and of <see cref="PixelImage"/>.</summary>
    Bgra32,

    /// <summary>Red, green, blue and alpha, which is ignored.</summary>
    Rgba32,

    /// <summary>Blue, green and red: the order of OpenCV.</summary>
    Bgr24,

    /// <summary>Red, green and blue: the order of most codecs.</summary>
    Rgb24,

    /// <summary>One byte of grey.</summary>
    Gray8,
}

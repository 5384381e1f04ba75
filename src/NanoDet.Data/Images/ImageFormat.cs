namespace NanoDet.Data.Images;

/// <summary>The supported image formats, detected by content.</summary>
public enum ImageFormat
{
    /// <summary>JPEG: <c>.jpg</c>, <c>.jpeg</c>, <c>.jpe</c>, <c>.jfif</c>.</summary>
    Jpeg,

    /// <summary>PNG: <c>.png</c>.</summary>
    Png,

    /// <summary>Windows bitmap: <c>.bmp</c>, <c>.dib</c>.</summary>
    Bmp,

    /// <summary>GIF, its first frame: <c>.gif</c>.</summary>
    Gif,

    /// <summary>WebP: <c>.webp</c>.</summary>
    WebP,

    /// <summary>TIFF, its first picture: <c>.tif</c>, <c>.tiff</c>.</summary>
    Tiff,
}

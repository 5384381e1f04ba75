namespace NanoDet.Data.Images;

/// <summary>The header of an image.</summary>
/// <param name="Format">Its format by content, whatever its name says.</param>
/// <param name="StoredWidth">Width in pixels as stored.</param>
/// <param name="StoredHeight">Height in pixels as stored.</param>
/// <param name="Orientation">EXIF orientation of a JPEG, PNG, WebP or TIFF, 1 to 8; 1 if it is missing or not valid.</param>
public sealed record ImageHeader(ImageFormat Format, int StoredWidth, int StoredHeight, int Orientation)
{
    /// <summary>Whether a JPEG ends before its picture does: what is missing is decoded as grey.</summary>
    public bool EndsEarly { get; init; }

    /// <summary>Whether the orientation swaps width and height.</summary>
    public bool SwapsSides => Orientation >= 5;

    /// <summary>Width and height in pixels of the image that the labels are about.</summary>
    public (int Width, int Height) SizeUnder(OrientationPolicy policy)
        => policy == OrientationPolicy.Apply && SwapsSides ? (StoredHeight, StoredWidth) : (StoredWidth, StoredHeight);

    /// <summary>The EXIF orientation that the decoder has to apply.</summary>
    public int OrientationUnder(OrientationPolicy policy) => policy == OrientationPolicy.Apply ? Orientation : 1;

    /// <summary>Whether the extension of a file fits its format; a file without an extension fits.</summary>
    public bool Fits(string path) => Path.GetExtension(path).ToLowerInvariant() is var extension && Format switch
    {
        _ when extension.Length == 0 => true,
        ImageFormat.Jpeg => extension is ".jpg" or ".jpeg" or ".jpe" or ".jfif",
        ImageFormat.Png => extension is ".png",
        ImageFormat.Bmp => extension is ".bmp" or ".dib",
        ImageFormat.Gif => extension is ".gif",
        ImageFormat.Tiff => extension is ".tif" or ".tiff",
        _ => extension is ".webp",
    };
}

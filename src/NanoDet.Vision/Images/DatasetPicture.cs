using NanoDet.Core.Diagnostics;
using NanoDet.Data.Fingerprints;
using NanoDet.Imaging;

namespace NanoDet.Vision.Images;

/// <summary>
/// Decodes pictures of a data set, and only those that the data set describes: what is made of another file would get the name
/// of what is made of this one.
/// </summary>
public static class DatasetPicture
{
    /// <summary>
    /// Decodes a picture and compares its content and size with the data set's. The size comes from the header, and labels were
    /// judged by it; a damaged file may have another one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="contentHash">SHA-256 of the file in the data set, lower-case hexadecimal; empty if none is known.</param>
    /// <param name="orientation">EXIF orientation to apply, 1 to 8.</param>
    /// <param name="size">The size in the data set, upright.</param>
    /// <param name="reuse">A picture that nobody needs any more; its memory is taken where it has the stored size.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1204, NDB1206.</exception>
    public static PixelImage Load(string path, string contentHash, int orientation, PixelSize size, PixelImage? reuse = null)
    {
        var decoded = ImageDecoder.Decode(Read(path, contentHash), path, orientation, reuse: reuse);
        return decoded.Size == size
            ? decoded
            : throw new NanoDetException(ImageDiagnostics.SizeChanged(path, decoded.Width, decoded.Height, size.Width, size.Height));
    }

    /// <summary>Decodes a picture at a reduced size and compares its content with the data set's.</summary>
    /// <param name="path">The file.</param>
    /// <param name="contentHash">SHA-256 of the file in the data set, lower-case hexadecimal; empty if none is known.</param>
    /// <param name="maxSide">The longest side of the result in pixels; smaller pictures are not changed.</param>
    /// <param name="orientation">EXIF orientation to apply, 1 to 8.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1203, NDB1206.</exception>
    public static PixelImage LoadSmall(string path, string contentHash, int maxSide, int? orientation)
        => ImageDecoder.DecodeSmall(Read(path, contentHash), path, maxSide, orientation);

    private static byte[] Read(string path, string contentHash)
    {
        var content = ImageDecoder.ReadFile(path);
        return contentHash.Length == 0 || ContentHash.Of(content).ToString() == contentHash
            ? content
            : throw new NanoDetException(ImageDiagnostics.ContentChanged(path));
    }
}

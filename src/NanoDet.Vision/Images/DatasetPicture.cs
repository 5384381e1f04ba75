using NanoDet.Core.Diagnostics;
using NanoDet.Imaging;

namespace NanoDet.Vision.Images;

/// <summary>Decodes pictures of a data set.</summary>
public static class DatasetPicture
{
    /// <summary>
    /// Decodes a picture and compares its size with the data set's, which comes from the header: labels were judged by that size.
    /// The two differ where the file has changed since, or is damaged so that its header and its content differ.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="orientation">EXIF orientation to apply, 1 to 8.</param>
    /// <param name="size">The size in the data set, upright.</param>
    /// <param name="reuse">A picture that nobody needs any more; its memory is taken where it has the stored size.</param>
    /// <exception cref="DiagnosticException">NDB1200 to NDB1204.</exception>
    public static PixelImage Load(string path, int orientation, PixelSize size, PixelImage? reuse = null)
    {
        var decoded = ImageDecoder.Load(path, orientation, reuse: reuse);
        return decoded.Size == size
            ? decoded
            : throw new DiagnosticException(ImageDiagnostics.SizeChanged(path, decoded.Width, decoded.Height, size.Width, size.Height));
    }
}

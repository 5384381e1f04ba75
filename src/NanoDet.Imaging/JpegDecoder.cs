using NanoDet.Core.Diagnostics;
using NetVips;

namespace NanoDet.Imaging;

/// <summary>
/// Decodes JPEG with libvips, whose libjpeg uses vector instructions: two to four times as fast as SkiaSharp's on Linux, with the
/// same pixels, those of the exact integer transform (ISLOW) that OpenCV uses; also where the file ends too early.
/// </summary>
internal static class JpegDecoder
{
    /// <summary>Decodes a grey or colour image.</summary>
    /// <param name="encoded">The file's content.</param>
    /// <param name="image">The image for the pixels, with the right size.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <returns>False for another kind of JPEG, such as CMYK, which was not decoded.</returns>
    /// <exception cref="NanoDetException">NDB1200: it is damaged, or ends before its pixels begin.</exception>
    public static unsafe bool TryDecode(ReadOnlySpan<byte> encoded, PixelImage image, string path)
    {
        LibVips.Prepare();
        try
        {
            using var picture = Image.NewFromBuffer(encoded, access: Enums.Access.Sequential, failOn: Enums.FailOn.None);
            if (picture.Bands is not (1 or 3) || (picture.Width, picture.Height) != (image.Width, image.Height))
            {
                return false;
            }

            var pixels = picture.WriteToMemory(out var length);
            try
            {
                ColorOrder.FromInterleaved(new((void*)pixels, checked((int)length)), picture.Bands, image);
            }
            finally
            {
                NetVips.NetVips.Free(pixels);
            }

            return true;
        }
        catch (VipsException exception)
        {
            throw new NanoDetException(ImageDiagnostics.Corrupt(path, "its data is damaged or ends too early"), exception);
        }
    }
}

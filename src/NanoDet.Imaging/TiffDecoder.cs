using NanoDet.Core.Diagnostics;
using NetVips;

namespace NanoDet.Imaging;

/// <summary>Decodes the first picture of a TIFF with libvips.</summary>
internal static class TiffDecoder
{
    private const int Rgb = 3;

    /// <summary>Decodes grey and colour of 1 to 16 bits; alpha is dropped.</summary>
    /// <param name="encoded">The file's content.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <param name="maxPixels">An image with more pixels is rejected before anything is allocated.</param>
    /// <exception cref="NanoDetException">NDB1200 to NDB1202.</exception>
    public static unsafe PixelImage Decode(ReadOnlySpan<byte> encoded, string path, long maxPixels)
    {
        LibVips.Prepare();
        try
        {
            using var picture = Image.NewFromBuffer(encoded, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
            if ((long)picture.Width * picture.Height > maxPixels)
            {
                throw new NanoDetException(ImageDiagnostics.TooLarge(path, picture.Width, picture.Height, maxPixels));
            }

            using var bytes = ToBytes(picture) ?? throw new NanoDetException(ImageDiagnostics.UnknownFormat(path));
            using var color = bytes.ExtractBand(0, n: bytes.Bands < Rgb ? 1 : Rgb);
            var image = new PixelImage(color.Width, color.Height);
            var pixels = color.WriteToMemory(out var length);
            try
            {
                ColorOrder.FromInterleaved(new((void*)pixels, checked((int)length)), color.Bands, image);
            }
            finally
            {
                NetVips.NetVips.Free(pixels);
            }

            return image;
        }
        catch (VipsException exception)
        {
            throw new NanoDetException(ImageDiagnostics.Corrupt(path, "its data is damaged or ends too early"), exception);
        }
    }

    /// <summary>Eight bits a channel, red first; null for numbers with a point and other kinds that are measurements and no pictures.</summary>
    private static Image? ToBytes(Image picture) => picture.Interpretation switch
    {
        Enums.Interpretation.Cmyk or Enums.Interpretation.Lab or Enums.Interpretation.Labs => picture.Colourspace(Enums.Interpretation.Srgb),
        _ => picture.Format switch
        {
            Enums.BandFormat.Uchar => picture.Copy(),
            Enums.BandFormat.Ushort => (picture >> 8).Cast(Enums.BandFormat.Uchar),
            _ => null,
        },
    };
}

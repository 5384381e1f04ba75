using System.Buffers;
using NanoDet.Data.Diagnostics;
using NetVips;

namespace NanoDet.Vision.Images;

/// <summary>
/// JPEG by libvips, whose libjpeg uses vector instructions: two to four times as quick as SkiaSharp's on Linux and the same
/// pixels, those of the exact integer transform (ISLOW) that OpenCV decodes with.
/// </summary>
internal static class JpegCodec
{
    /// <summary>Longest side that JPEG can hold, in pixels.</summary>
    public const int MaxSide = 65_535;

    // A delegate that native code calls must stay alive.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    static JpegCodec()
    {
        // Pictures run in parallel already, and no call is made twice with the same pixels.
        (NetVips.NetVips.Concurrency, Cache.Max) = (1, 0);
        // What is wrong with a picture is a diagnostic, not a line of libvips on the error stream.
        _ = Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);
    }

    /// <summary>A file's content: colours at half resolution and the standard tables, as libjpeg and OpenCV do unasked.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 to 100.</param>
    public static unsafe byte[] Encode(PixelImage image, int quality)
    {
        var length = ColorOrder.RgbLength(image.Size);
        var rgb = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            ColorOrder.ToRgb(image, rgb.AsSpan(0, length));
            fixed (byte* pixels = rgb)
            {
                using var bands = Image.NewFromMemory((nint)pixels, (ulong)length, image.Width, image.Height, 3, Enums.BandFormat.Uchar);
                using var picture = bands.Copy(interpretation: Enums.Interpretation.Srgb);
                return picture.JpegsaveBuffer(quality, subsampleMode: Enums.ForeignSubsample.On, keep: Enums.ForeignKeep.None);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rgb);
        }
    }

    /// <summary>Decodes a grey or colour picture.</summary>
    /// <param name="encoded">The file's content.</param>
    /// <param name="image">Where the pixels go; of the picture's size.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <returns>False where it is another kind of JPEG, such as CMYK, and nothing was decoded.</returns>
    /// <exception cref="DiagnosticException">NDB1200: it is damaged or ends too early.</exception>
    public static unsafe bool TryDecode(ReadOnlySpan<byte> encoded, PixelImage image, string path)
    {
        try
        {
            using var picture = Image.NewFromBuffer(encoded, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
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
            throw new DiagnosticException(ImageDiagnostics.Corrupt(path, "its data is damaged or ends too early"), exception);
        }
    }
}

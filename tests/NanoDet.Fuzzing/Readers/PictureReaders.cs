using NanoDet.Data.Images;
using NanoDet.Imaging;
using NanoDet.Testing;
using NanoDet.Vision.Images;
using SkiaSharp;

namespace NanoDet.Fuzzing.Readers;

/// <summary>Pictures of every form: their headers, and their pixels through libvips and Skia.</summary>
internal static class PictureReaders
{
    private static readonly byte[][] Samples =
    [
        Orientations.InJpeg(ImageEncoder.EncodeJpeg(Picture()), Orientations.Exif(6)), ImageEncoder.EncodeJpeg(Picture()), ImageEncoder.EncodePng(Picture()), Encoded(SKEncodedImageFormat.Webp, 80),
        Encoded(SKEncodedImageFormat.Webp, 100), TinyGif.Bytes((24, 16), (24, 16)), TinyGif.Bytes((24, 16), (20, 10)), Bitmap(), TinyPng.Bytes(1),
    ];

    private static readonly string[] Tokens = ["IHDR", "IDAT", "PLTE", "tRNS", "eXIf", "VP8 ", "VP8L", "VP8X", "ANIM", "EXIF", "Exif\0\0", "MM\0*", "II*\0", "\u0001\u0012", "GIF87a", "NETSCAPE2.0", "Adobe", "JFIF", "ICC_PROFILE"];

    /// <summary>The readers.</summary>
    public static FuzzedReader[] All { get; } =
    [
        new("picture-header", Samples, InputFile.Of("a.jpg", path => ImageHeaderReader.Read(path))) { Tokens = Tokens },
        new("picture", Samples, InputFile.Of("a.jpg", path =>
        {
            var header = ImageHeaderReader.Read(path);
            var (width, height) = header.SizeUnder(OrientationPolicy.Apply);
            DatasetPicture.Load(path, "", header.OrientationUnder(OrientationPolicy.Apply), new(width, height));
        })) { Tokens = Tokens, Share = 2 },
        new("picture-alone", Samples, content => ImageDecoder.Decode(content, "a.jpg")) { Tokens = Tokens },
        new("picture-small", Samples, InputFile.Of("a.jpg", path => ImageDecoder.LoadSmall(path, 8))) { Tokens = Tokens, Share = 2 },
    ];

    private static PixelImage Picture()
    {
        var image = new PixelImage(24, 16);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                image.Row(y)[x] = 0xFF000000u | (uint)((x * 10 << 16) | (y * 15 << 8) | (x * y % 256));
            }
        }

        return image;
    }

    private static byte[] Encoded(SKEncodedImageFormat format, int quality)
    {
        var image = Picture();
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Bgra8888));
        image.Bytes.CopyTo(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    private static byte[] Bitmap() =>
    [
        .. "BM"u8, .. BitConverter.GetBytes(54 + (4 * 16)), 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1, 0, 32, 0, .. new byte[24],
        .. Enumerable.Range(0, 64).Select(value => (byte)(value * 4)),
    ];
}

using NanoDet.Data.Images;
using NanoDet.Imaging;
using NanoDet.Testing;
using SkiaSharp;

namespace NanoDet.Vision.Tests.Images;

/// <summary>A plan, which reads headers, and whoever decodes turn a picture the same way.</summary>
public sealed class OrientationTests : IDisposable
{
    private const int Width = 64;
    private const int Height = 32;
    private readonly TestFolder _folder = new();

    private static byte[] Jpeg => ImageEncoder.EncodeJpeg(Picture());

    private static byte[] Png => ImageEncoder.EncodePng(Picture());

    public static TheoryData<string, int> Files => new()
    {
        { "jpeg plain", 1 },
        { "jpeg byte", 6 },
        { "jpeg short", 6 },
        { "jpeg long", 6 },
        { "jpeg signed byte", 6 },
        { "jpeg signed short", 6 },
        { "jpeg signed long", 6 },
        { "jpeg little", 8 },
        { "jpeg little long", 8 },
        { "jpeg two segments", 6 },
        { "jpeg first without", 1 },
        { "jpeg 0", 1 },
        { "jpeg 9", 1 },
        { "jpeg -1", 1 },
        { "png", 6 },
        { "png at the end", 5 },
        { "png plain", 1 },
        { "webp", 6 },
        { "webp with a preamble", 7 },
        { "webp plain", 1 },
        { "tiff", 6 },
        { "tiff plain", 1 },
        { "bmp", 1 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Header_and_pixels_agree(string name, int orientation)
    {
        var path = _folder[name.Split(' ')[0] + ".picture"];
        File.WriteAllBytes(path, Content(name));

        var header = ImageHeaderReader.Read(path);
        var (whole, small) = (ImageDecoder.Load(path), ImageDecoder.LoadSmall(path, 16));

        Assert.Equal(orientation, header.Orientation);
        Assert.Equal(orientation >= 5 ? (Height, Width) : (Width, Height), header.SizeUnder(OrientationPolicy.Apply));
        Assert.Equal(header.SizeUnder(OrientationPolicy.Apply), (whole.Width, whole.Height));
        Assert.Equal(whole.Width > whole.Height, small.Width > small.Height);

        // The left half as it is stored is red: it comes to the top for 5 and 6, to the bottom for 7 and 8.
        Assert.Equal(orientation is 1 or 5 or 6, IsRed(whole, 1, 1));
        Assert.Equal(orientation is 1 or 7 or 8, IsRed(whole, 1, whole.Height - 2));
        Assert.Equal(IsRed(whole, 1, 1), IsRed(small, 1, 1));
    }

    private static byte[] Content(string name) => name switch
    {
        "jpeg plain" => Jpeg,
        "jpeg byte" => Orientations.InJpeg(Jpeg, Orientations.Exif(6, 1)),
        "jpeg short" => Orientations.InJpeg(Jpeg, Orientations.Exif(6, 3)),
        "jpeg long" => Orientations.InJpeg(Jpeg, Orientations.Exif(6, 4)),
        "jpeg signed byte" => Orientations.InJpeg(Jpeg, Orientations.Exif(6, 6)),
        "jpeg signed short" => Orientations.InJpeg(Jpeg, Orientations.Exif(6, 8)),
        "jpeg signed long" => Orientations.InJpeg(Jpeg, Orientations.Exif(6, 9)),
        "jpeg little" => Orientations.InJpeg(Jpeg, Orientations.Exif(8, 3, isLittle: true)),
        "jpeg little long" => Orientations.InJpeg(Jpeg, Orientations.Exif(8, 4, isLittle: true)),
        "jpeg two segments" => Orientations.InJpeg(Orientations.InJpeg(Jpeg, Orientations.Exif(8)), Orientations.Exif(6)),
        "jpeg first without" => Orientations.InJpeg(Orientations.InJpeg(Jpeg, Orientations.Exif(8)), Orientations.Exif(6, type: 2)),
        "jpeg 0" => Orientations.InJpeg(Jpeg, Orientations.Exif(0)),
        "jpeg 9" => Orientations.InJpeg(Jpeg, Orientations.Exif(9)),
        "jpeg -1" => Orientations.InJpeg(Jpeg, Orientations.Exif(-1, 9)),
        "png" => Orientations.InPng(Png, Orientations.Exif(6)),
        "png at the end" => Orientations.InPng(Png, Orientations.Exif(5), atEnd: true),
        "png plain" => Png,
        "webp" => Orientations.InWebP(WebP(), Width, Height, Orientations.Exif(6)),
        "webp with a preamble" => Orientations.InWebP(WebP(), Width, Height, [.. "Exif\0\0"u8, .. Orientations.Exif(7)]),
        "webp plain" => WebP(),
        "tiff" => Tiff(6),
        "tiff plain" => Tiff(null),
        _ => [.. "BM"u8, 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, Width, 0, 0, 0, Height, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], .. BmpRows()],
    };

    private static PixelImage Picture()
    {
        var image = new PixelImage(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            image.Row(y)[..(Width / 2)].Fill(0xFFFF0000);
            image.Row(y)[(Width / 2)..].Fill(0xFF0000FF);
        }

        return image;
    }

    private static IEnumerable<byte> BmpRows()
        => Enumerable.Range(0, Height).SelectMany(_ => Enumerable.Range(0, Width).SelectMany(x => x < Width / 2 ? new byte[] { 0, 0, 255 } : [255, 0, 0]));

    private static byte[] WebP()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        Picture().Bytes.CopyTo(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(SKEncodedImageFormat.Webp, 100);
        return data.ToArray();
    }

    private static byte[] Tiff(int? orientation)
    {
        using var red = NetVips.Image.Black(Width / 2, Height, bands: 3) + new double[] { 255, 0, 0 };
        using var blue = NetVips.Image.Black(Width / 2, Height, bands: 3) + new double[] { 0, 0, 255 };
        using var picture = red.Join(blue, NetVips.Enums.Direction.Horizontal).Cast(NetVips.Enums.BandFormat.Uchar)
            .Copy(interpretation: NetVips.Enums.Interpretation.Srgb).Mutate(mutable =>
            {
                if (orientation is { } value)
                {
                    mutable.Set(NetVips.GValue.GIntType, "orientation", value);
                }
            });
        return picture.TiffsaveBuffer();
    }

    private static bool IsRed(PixelImage image, int x, int y) => (image.Row(y)[x] & 0x00FF0000) > 0x00800000;
}

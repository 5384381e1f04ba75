using NanoDet.Data.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Testing;
using NanoDet.Vision.Images;

namespace NanoDet.Vision.Tests.Images;

/// <summary>The build pairs labels with the size in a picture's header, and trains on what the decoder gives.</summary>
public sealed class HeaderAndDecoderTests
{
    [Fact]
    public void A_frame_beyond_the_screen_of_a_GIF_is_a_code()
    {
        Assert.Equal(new PixelSize(32, 32), ImageDecoder.Decode(TinyGif.Bytes((32, 32), (32, 32)), "a.gif").Size);
        var wide = TinyGif.Bytes((32, 32), (8224, 32));
        Assert.Equal((32, 32), (ImageHeaderReader.Read(wide, "a.gif").StoredWidth, ImageHeaderReader.Read(wide, "a.gif").StoredHeight));

        using var folder = new TestFolder();
        File.WriteAllBytes(folder["a.gif"], wide);
        Action[] decode = [() => ImageDecoder.Decode(wide, "a.gif"), () => ImageDecoder.Load(folder["a.gif"], 1), () => ImageDecoder.LoadSmall(folder["a.gif"], 16)];
        Assert.All(decode, action => Assert.Equal("NDB1206", Assert.Throws<DiagnosticException>(action).Diagnostic.Code));
    }

    [Fact]
    public void A_JPEG_with_any_damage_before_its_pixels_has_one_size_and_one_orientation_or_a_code()
    {
        var sample = ExifJpeg.WithOrientation(ImageEncoder.EncodeJpeg(new PixelImage(48, 32)), 6);
        using var folder = new TestFolder();
        var decoded = 0;
        for (var at = 2; at < 64; at++)
        {
            foreach (byte value in new byte[] { 0, 1, 2, 3, 4, 6, 8, 0x10, 0x49, 0x4D, 0x7F, 0x80, 0xFF })
            {
                var broken = sample.ToArray();
                broken[at] = value;
                decoded += Compare(broken, folder["a.jpg"]) ? 1 : 0;
            }
        }

        Assert.InRange(decoded, 100, 62 * 13);
    }

    private static bool Compare(byte[] content, string path)
    {
        File.WriteAllBytes(path, content);
        var header = Outcome(() => ImageHeaderReader.Read(path));
        Func<PixelImage>[] ways =
        [
            () => ImageDecoder.Load(path), () => ImageDecoder.Load(path, header.Result!.OrientationUnder(OrientationPolicy.Apply)), () => ImageDecoder.LoadSmall(path, 1000),
        ];
        foreach (var way in header.Result is null ? ways.Where((_, index) => index != 1) : ways)
        {
            var (image, code) = Outcome(way);
            if (header.Result is null)
            {
                Assert.Equal(header.Code, code);
            }
            else if (image is not null)
            {
                Assert.Equal(header.Result.SizeUnder(OrientationPolicy.Apply), (image.Width, image.Height));
            }
        }

        return header.Result is not null;
    }

    private static (T? Result, string? Code) Outcome<T>(Func<T> work)
        where T : class
    {
        try
        {
            return (work(), null);
        }
        catch (DiagnosticException exception)
        {
            return (null, exception.Diagnostic.Code);
        }
    }
}

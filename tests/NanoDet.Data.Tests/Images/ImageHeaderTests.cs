using System.Buffers.Binary;
using CsCheck;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Testing;

namespace NanoDet.Data.Tests.Images;

public sealed class ImageHeaderTests
{
    public static TheoryData<ImageFormat> All => [.. Enum.GetValues<ImageFormat>()];

    [Theory]
    [MemberData(nameof(All))]
    public void The_form_is_told_by_content_and_the_size_is_read(ImageFormat format)
        => Assert.Equal(new ImageHeader(format, 300, 200, format == ImageFormat.Jpeg ? 6 : 1), ImageHeaderReader.Read(Sample(format, 300, 200), "a.xyz"));

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_cut_off_at_any_byte_is_read_or_gives_a_code(ImageFormat format)
    {
        var sample = Sample(format, 300, 200);
        for (var length = 0; length < sample.Length; length++)
        {
            TryRead(sample[..length]);
        }

        Assert.Equal("NDB1200", Code(sample[..(format == ImageFormat.Gif ? 7 : 20)]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_with_wrong_bytes_is_read_or_gives_a_code(ImageFormat format)
    {
        var sample = Sample(format, 300, 200);
        Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Byte, Gen.Int[0, sample.Length - 1], Gen.Byte).Sample(
            (first, a, second, b) =>
            {
                var broken = sample.ToArray();
                (broken[first], broken[second]) = (a, b);
                TryRead(broken);
            },
            iter: 20_000);
    }

    [Fact]
    public void A_picture_of_30000_by_30000_is_refused_by_its_header()
        => Assert.Equal("NDB1202", Code(Sample(ImageFormat.Png, 30_000, 30_000)));

    [Fact]
    public void A_picture_without_pixels_is_refused()
        => Assert.Equal("NDB1200", Code(Sample(ImageFormat.Png, 0, 10)));

    [Fact]
    public void Text_is_no_picture()
        => Assert.Equal("NDB1201", Code("this is no picture"u8.ToArray()));

    [Fact]
    public void A_missing_file_gives_a_code()
        => Assert.Equal("NDB1203", Assert.Throws<NanoDetException>(() => ImageHeaderReader.Read("no/such/file.jpg")).Diagnostic.Code);

    [Fact]
    public void A_frame_behind_much_else_is_found()
    {
        using var folder = new TestFolder();
        var sample = Sample(ImageFormat.Jpeg, 300, 200);
        var padding = Enumerable.Range(0, 10).SelectMany(_ => (byte[])[0xFF, 0xE2, 0xFF, 0xFF, .. new byte[0xFFFD]]);
        var path = folder["a.jpg"];
        File.WriteAllBytes(path, [.. sample[..2], .. padding, .. sample[2..]]);

        Assert.Equal((300, 200, 6), (ImageHeaderReader.Read(path).StoredWidth, ImageHeaderReader.Read(path).StoredHeight, ImageHeaderReader.Read(path).Orientation));
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, "a.JPG", true)]
    [InlineData(ImageFormat.Jpeg, "a.png", false)]
    [InlineData(ImageFormat.WebP, "a.jpg", false)]
    [InlineData(ImageFormat.Png, "a", true)]
    [InlineData(ImageFormat.Tiff, "a.tif", true)]
    [InlineData(ImageFormat.Tiff, "a.TIFF", true)]
    [InlineData(ImageFormat.Jpeg, "a.tif", false)]
    public void An_extension_fits_or_not(ImageFormat format, string path, bool fits)
        => Assert.Equal(fits, new ImageHeader(format, 1, 1, 1).Fits(path));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void One_picture_in_every_orientation_has_one_size_when_it_is_applied(int orientation)
    {
        var header = ImageHeaderReader.Read(SharedData.Path($"datasets/exif-orientation/Landscape_{orientation}.jpg"));

        Assert.Equal(Math.Max(orientation, 1), header.Orientation);
        var (width, height) = header.SizeUnder(OrientationPolicy.Apply);
        Assert.True(width > height, $"{width}x{height}");
        Assert.Equal(orientation >= 5, header.SizeUnder(OrientationPolicy.Raw) == (height, width));
    }

    // The smallest beginnings of pictures that the formats allow, made by hand from their specifications.
    private static byte[] Sample(ImageFormat format, int width, int height)
    {
        byte[] big = new byte[8], little = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(big, width);
        BinaryPrimitives.WriteInt32BigEndian(big.AsSpan(4), height);
        BinaryPrimitives.WriteInt32LittleEndian(little, width);
        BinaryPrimitives.WriteInt32LittleEndian(little.AsSpan(4), height);
        byte[] little16 = [little[0], little[1], little[4], little[5]];
        return format switch
        {
            ImageFormat.Jpeg =>
            [
                0xFF, 0xD8,
                0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
                0xFF, 0xC0, 0, 17, 8, .. big[6..8], .. big[2..4], 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
                0xFF, 0xDA, 0, 2, 0xFF, 0xD9,
            ],
            ImageFormat.Png => [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. big, 8, 2, 0, 0, 0, 0, 0, 0, 0],
            ImageFormat.Bmp => [.. "BM"u8, .. new byte[8], 54, 0, 0, 0, 40, 0, 0, 0, .. little, 1, 0, 24, 0, .. new byte[24]],
            ImageFormat.Gif => [.. "GIF89a"u8, .. little16, 0, 0, 0, 0x3B],
            ImageFormat.Tiff => [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0, 1, 4, 0, 1, 0, 0, 0, .. little[..4], 1, 1, 3, 0, 1, 0, 0, 0, .. little[4..], 0, 0, 0, 0],
            _ => [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8 "u8, 18, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, .. little16, .. new byte[8]],
        };
    }

    // No length in a file makes the reader reserve more than it was given.
    private static void TryRead(byte[] content) => Assert.InRange(Allocations.Of(() =>
    {
        try
        {
            ImageHeaderReader.Read(content, "a.jpg");
        }
        catch (NanoDetException exception)
        {
            Assert.StartsWith("NDB12", exception.Diagnostic.Code, StringComparison.Ordinal);
        }
    }), 0, 1 << 20);

    private static string Code(byte[] content) => Assert.Throws<NanoDetException>(() => ImageHeaderReader.Read(content, "a.jpg")).Diagnostic.Code;
}

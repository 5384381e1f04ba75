using NanoDet.Core.Diagnostics;
using NanoDet.Testing;

namespace NanoDet.Imaging.Tests;

public sealed class ImageDecoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Every_exif_orientation_ends_in_the_same_picture(int orientation)
    {
        var upright = ImageDecoder.Load(SharedData.Path("datasets/exif-orientation/" + Name(1)));
        var turned = ImageDecoder.Load(SharedData.Path("datasets/exif-orientation/" + Name(orientation)));
        Assert.Equal(upright.Size, turned.Size);
        var difference = 0L;
        for (var i = 0; i < upright.Bytes.Length; i++)
        {
            difference += Math.Abs(upright.Bytes[i] - turned.Bytes[i]);
        }

        // The pictures were compressed one by one.
        Assert.True(difference / (double)upright.Bytes.Length < 3, $"mean difference {difference / (double)upright.Bytes.Length}");
    }

    [Fact]
    public void A_png_comes_back_pixel_for_pixel()
    {
        var image = Gradient(37, 23);
        var decoded = ImageDecoder.Decode(ImageEncoder.EncodePng(image), "a.png");
        Assert.Equal(image.Size, decoded.Size);
        Assert.Equal(image.Bytes.ToArray(), decoded.Bytes.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(17, 9)]
    [InlineData(640, 480)]
    public void A_jpeg_comes_back_with_its_colours_in_place(int width, int height)
    {
        var image = new PixelImage(width, height);
        for (var y = 0; y < height; y++)
        {
            image.Row(y).Fill(0xFF2060C0);
        }

        var decoded = ImageDecoder.Decode(ImageEncoder.EncodeJpeg(image), "a.jpg");
        Assert.Equal(image.Size, decoded.Size);
        for (var i = 0; i < decoded.Bytes.Length; i++)
        {
            Assert.InRange(decoded.Bytes[i] - image.Bytes[i], -2, 2);
        }
    }

    [Fact]
    public void A_jpeg_that_ends_too_early_has_the_pixels_that_are_there_and_grey()
    {
        var encoded = ImageEncoder.EncodeJpeg(Gradient(200, 200));
        var whole = ImageDecoder.Decode(encoded, "whole.jpg");

        var half = ImageDecoder.Decode(encoded.AsSpan(0, encoded.Length / 2), "half.jpg");
        Assert.Equal(whole.Row(0), half.Row(0));
        Assert.Equal(half.Row(198).ToArray()[100..], half.Row(199).ToArray()[100..]);
        Assert.Equal(whole.Bytes, ImageDecoder.Decode(encoded.AsSpan(0, encoded.Length - 2), "cut.jpg").Bytes);
    }

    [Theory]
    [InlineData("cmyk.jpg")]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void A_jpeg_without_its_end_is_read_in_every_form_and_at_every_size(string name)
    {
        var encoded = FourSquares.Read(name);
        var cut = encoded.AsSpan(0, encoded.Length - 2);

        Assert.Equal(ImageDecoder.Decode(encoded, name).Bytes, ImageDecoder.Decode(cut, name).Bytes);
        Assert.Equal(ImageDecoder.DecodeSmall(encoded, name, 16).Bytes, ImageDecoder.DecodeSmall(cut, name, 16).Bytes);
    }

    [Fact]
    public void A_large_jpeg_that_ends_too_early_has_a_small_picture()
    {
        var encoded = ImageEncoder.EncodeJpeg(Gradient(200, 200));

        var (whole, half) = (ImageDecoder.DecodeSmall(encoded, "whole.jpg", 100), ImageDecoder.DecodeSmall(encoded.AsSpan(0, encoded.Length / 2), "half.jpg", 100));

        Assert.Equal(whole.Row(0), half.Row(0));
        Assert.False(whole.Bytes.SequenceEqual(half.Bytes));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    public void A_jpeg_that_ends_before_its_pixels_is_one_clear_error(int length)
    {
        var encoded = ImageEncoder.EncodeJpeg(Gradient(200, 200));
        var exception = Assert.Throws<NanoDetException>(() => ImageDecoder.Decode(encoded.AsSpan(0, length), "cut.jpg"));
        Assert.Equal("NDB1200", exception.Diagnostic.Code);
        Assert.Equal("cut.jpg", exception.Diagnostic.Location?.File);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no picture")]
    public void A_file_that_is_no_picture_is_one_clear_error(string content)
    {
        var exception = Assert.Throws<NanoDetException>(() => ImageDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(content), "a.jpg"));
        Assert.Equal("NDB1201", exception.Diagnostic.Code);
    }

    [Fact]
    public void A_missing_file_is_one_clear_error()
    {
        using var folder = new TestFolder();
        var exception = Assert.Throws<NanoDetException>(() => ImageDecoder.Load(folder["absent.jpg"]));
        Assert.Equal("NDB1203", exception.Diagnostic.Code);
    }

    private static string Name(int orientation) => $"Landscape_{orientation}.jpg";

    private static PixelImage Gradient(int width, int height)
    {
        var image = new PixelImage(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                image.Row(y)[x] = 0xFF000000u | (uint)(x * 5 % 256) | ((uint)(y * 7 % 256) << 8) | ((uint)((x + y) % 256) << 16);
            }
        }

        return image;
    }
}

using NanoDet.Core.Diagnostics;
using NetVips;

namespace NanoDet.Imaging.Tests;

public sealed class TiffTests
{
    private static readonly Image Squares = Image.NewFromBuffer(FourSquares.Read("lossless.webp")).ExtractBand(0, n: 3);

    public static TheoryData<string> Kinds => [.. new[] { "plain", "lzw", "deflate", "jpeg", "tiled", "alpha", "sixteen bits", "two pictures" }];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_the_same_colours(string kind)
    {
        var image = ImageDecoder.Decode(Encode(kind), "a.tif");

        FourSquares.Require(image);
    }

    [Fact]
    public void Grey_is_the_same_in_all_channels()
    {
        using var grey = Squares.ExtractBand(1).Copy(interpretation: Enums.Interpretation.Bw);

        var pixel = ImageDecoder.Decode(grey.TiffsaveBuffer(), "a.tif").Row(8)[8];
        Assert.Equal((pixel & 0xFF, pixel & 0xFF), (pixel >> 8 & 0xFF, pixel >> 16 & 0xFF));
        Assert.InRange(pixel & 0xFF, 77u, 83u);
    }

    [Fact]
    public void Black_and_white_is_black_and_white()
    {
        using var mask = (Squares.ExtractBand(0) > 100).Copy(interpretation: Enums.Interpretation.Bw);
        var image = ImageDecoder.Decode(mask.TiffsaveBuffer(bitdepth: 1, compression: Enums.ForeignTiffCompression.None), "a.tif");

        Assert.Equal((0xFFFFFFFFu, 0xFF000000u), (image.Row(8)[8], image.Row(8)[24]));
    }

    [Fact]
    public void Measurements_are_no_picture()
    {
        using var heights = Squares.Cast(Enums.BandFormat.Float);

        Assert.Equal("NDB1201", Code(heights.TiffsaveBuffer(), ImageLimits));
    }

    [Fact]
    public void A_file_that_ends_too_early_or_is_too_large_is_one_clear_error()
    {
        var whole = Squares.TiffsaveBuffer();

        Assert.Equal("NDB1200", Code(whole[..(whole.Length / 2)], ImageLimits));
        Assert.Equal("NDB1202", Code(whole, 1023));
    }

    private const long ImageLimits = 100_000;

    private static string Code(byte[] content, long maxPixels)
        => Assert.Throws<NanoDetException>(() => ImageDecoder.Decode(content, "a.tif", maxPixels: maxPixels)).Diagnostic.Code;

    private static byte[] Encode(string kind) => kind switch
    {
        "lzw" => Squares.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Lzw),
        "deflate" => Squares.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate),
        "jpeg" => Squares.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Jpeg, q: 98),
        "tiled" => Squares.TiffsaveBuffer(tile: true, tileWidth: 16, tileHeight: 16),
        "alpha" => Squares.Bandjoin(7).TiffsaveBuffer(),
        "sixteen bits" => (Squares.Cast(Enums.BandFormat.Ushort) * 257).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16).TiffsaveBuffer(),
        "two pictures" => Image.Arrayjoin([Squares, Squares.Invert()], across: 1).Mutate(mutable => mutable.Set(GValue.GIntType, "page-height", 32)).TiffsaveBuffer(),
        _ => Squares.TiffsaveBuffer(),
    };
}

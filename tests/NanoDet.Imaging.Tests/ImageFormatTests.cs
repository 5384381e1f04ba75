using System.Buffers.Binary;
using CsCheck;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Imaging.Tests;

public sealed class ImageFormatTests
{
    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("bitmap.bmp")]
    [InlineData("sixteen-bit.png")]
    [InlineData("palette.png")]
    [InlineData("palette-transparent.png")]
    [InlineData("rgba.png")]
    [InlineData("lossless.webp")]
    [InlineData("animation.gif")]
    public void Every_form_of_a_picture_has_the_same_colours(string name)
    {
        var image = ImageDecoder.Decode(FourSquares.Read(name), name);
        FourSquares.Require(image);
    }

    [Fact]
    public void Grey_is_the_same_in_all_channels()
        => Assert.Equal(0xFF6F6F6Fu, ImageDecoder.Decode(FourSquares.Read("grey.png"), "grey.png").Row(4)[4]);

    [Theory]
    [InlineData("bitmap.bmp")]
    [InlineData("baseline.jpg")]
    public void A_header_of_30000_by_30000_is_refused_before_memory_is_taken(string name)
    {
        var content = WithSize(FourSquares.Read(name), 30_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<NanoDetException>(() => ImageDecoder.Decode(content, name));
        Assert.Equal("NDB1202", exception.Diagnostic.Code);
        Assert.Contains("30000 x 30000", exception.Diagnostic.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Damaged_bytes_end_in_a_picture_or_in_one_of_the_codes()
    {
        string[] names = ["baseline.jpg", "progressive.jpg", "cmyk.jpg", "bitmap.bmp", "sixteen-bit.png", "palette.png", "lossless.webp", "animation.gif"];
        Gen.Select(Gen.Int[0, names.Length - 1].Select(i => names[i]), Gen.Int[0, 5000].Array[1, 8], Gen.Byte.Array[8], Gen.Int[0, 5000]).Sample((name, places, values, cut) =>
        {
            var content = FourSquares.Read(name);
            for (var i = 0; i < places.Length; i++)
            {
                content[places[i] % content.Length] = values[i];
            }

            try
            {
                // A damaged header may state any size below the limit.
                Assert.True(ImageDecoder.Decode(content.AsSpan(0, Math.Min(content.Length, cut)), name, maxPixels: 1_000_000).Width > 0);
            }
            catch (NanoDetException exception)
            {
                Assert.StartsWith("NDB120", exception.Diagnostic.Code, StringComparison.Ordinal);
            }
        });
    }

    private static byte[] WithSize(byte[] content, int side)
    {
        if (content[0] == 'B')
        {
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(18), side);
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(22), side);
            return content;
        }

        var frame = content.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(frame + 5), (ushort)side);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(frame + 7), (ushort)side);
        return content;
    }
}

using CsCheck;
using NanoDet.Imaging.Warping;

namespace NanoDet.Imaging.Tests.Warping;

public sealed class PerspectiveWarpTests
{
    private static readonly Gen<Homography> Matrices = Gen.Select(
        Gen.Double[0.2, 3], Gen.Double[0.2, 3], Gen.Double[-180, 180], Gen.Double[-30, 30], Gen.Double[-60, 60], Gen.Double[-60, 60],
        Gen.OneOf(Gen.Const(0.0), Gen.Double[-0.02, 0.02]),
        (sx, sy, angle, shear, tx, ty, perspective) =>
            Homography.Translate(tx + 20, ty + 20) * Homography.Shear(shear, 0) * Homography.Rotate(angle) * Homography.Scale(sx, sy)
            * Homography.Perspective(perspective, -perspective / 2) * Homography.Translate(-20, -20));

    [Fact]
    public void Every_pixel_is_the_blend_of_its_four_source_pixels()
        => Gen.Select(Matrices, Gen.Int[1, 70], Gen.Int[1, 50], Gen.Int[1, 90]).Sample((matrix, width, height, targetWidth) =>
        {
            var source = Noise(width, height);
            using var warp = new PerspectiveWarp(source, matrix, targetWidth);
            for (var y = -3; y < 45; y++)
            {
                var row = warp.Row(y);
                for (var x = 0; x < targetWidth; x++)
                {
                    Assert.Equal(Reference(source, matrix.Invert(), x, y), row[x] & 0xFFFFFF);
                }
            }
        });

    [Fact]
    public void The_identity_changes_no_pixel()
    {
        var source = Noise(33, 21);
        using var warp = new PerspectiveWarp(source, Homography.Identity, 33);
        for (var y = 0; y < 21; y++)
        {
            Assert.Equal(source.Row(y).ToArray(), warp.Row(y).ToArray());
        }
    }

    private static PixelImage Noise(int width, int height)
    {
        var image = new PixelImage(width, height);
        new Random((width * 1000) + height).NextBytes(image.Bytes);
        return image;
    }

    /// <summary>The definition, one pixel and one channel at a time.</summary>
    private static uint Reference(PixelImage source, Homography inverse, int x, int y)
    {
        var w = (inverse.M20 * x) + ((inverse.M21 * y) + inverse.M22);
        w = w == 0 ? 0 : 32 / w;
        var sx = (int)Math.Clamp(Math.Round(((inverse.M00 * x) + ((inverse.M01 * y) + inverse.M02)) * w), -1e9, 1e9);
        var sy = (int)Math.Clamp(Math.Round(((inverse.M10 * x) + ((inverse.M11 * y) + inverse.M12)) * w), -1e9, 1e9);
        uint result = 0;
        for (var c = 0; c < 3; c++)
        {
            var sum = 0;
            for (var tap = 0; tap < 4; tap++)
            {
                var (tx, ty) = ((sx >> 5) + (tap & 1), (sy >> 5) + (tap >> 1));
                var weight = ((tap & 1) == 0 ? 32 - (sx & 31) : sx & 31) * (tap < 2 ? 32 - (sy & 31) : sy & 31);
                var inside = tx >= 0 && ty >= 0 && tx < source.Width && ty < source.Height;
                sum += inside ? weight * source.Bytes[(ty * source.Stride) + (tx * 4) + c] : 0;
            }

            result |= (uint)((sum + 512) >> 10) << (8 * c);
        }

        return result;
    }
}

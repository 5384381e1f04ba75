using NanoDet.Vision.Images;

namespace NanoDet.Vision.Warping;

/// <summary>Warps a picture into another one.</summary>
internal static class ImageWarp
{
    /// <summary>
    /// Bilinear, black outside. The matrix is about continuous coordinates, in which the first pixel reaches from 0 to 1, as
    /// boxes are; OpenCV's is about the centres of pixels, half a pixel less.
    /// </summary>
    public static void Apply(PixelImage source, in Homography matrix, PixelImage target)
    {
        var centres = Homography.Translate(-0.5, -0.5) * matrix * Homography.Translate(0.5, 0.5);
        using var warp = new PerspectiveWarp(source, centres, target.Width);
        for (var y = 0; y < target.Height; y++)
        {
            var row = target.Row(y);
            warp.Write(y, row);
            foreach (ref var pixel in row)
            {
                pixel |= 0xFF000000;
            }
        }
    }
}

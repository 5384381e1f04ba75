using System.Numerics;
using System.Runtime.InteropServices;

namespace NanoDet.Imaging.Warping;

/// <summary>Warps an image into another one.</summary>
internal static class ImageWarp
{
    /// <summary>
    /// Bilinear, black outside. The matrix uses continuous coordinates, in which the first pixel extends from 0 to 1, like
    /// boxes; OpenCV's matrices use the centres of pixels, half a pixel less.
    /// </summary>
    public static void Apply(PixelImage source, in Homography matrix, PixelImage target)
    {
        var centres = Homography.Translate(-0.5, -0.5) * matrix * Homography.Translate(0.5, 0.5);
        using var warp = new PerspectiveWarp(source, centres, target.Width);
        for (var y = 0; y < target.Height; y++)
        {
            var row = target.Row(y);
            warp.Write(y, row);
            MakeOpaque(row);
        }
    }

    private static void MakeOpaque(Span<uint> row)
    {
        const uint Opaque = 0xFF000000;
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(row);
        foreach (ref var pixels in vectors)
        {
            pixels |= new Vector<uint>(Opaque);
        }

        foreach (ref var pixel in row[(vectors.Length * Vector<uint>.Count)..])
        {
            pixel |= Opaque;
        }
    }
}

using System.Runtime.InteropServices;

namespace NanoDet.Imaging;

/// <summary>EXIF orientation (EXIF 2.32, tag 0x0112): the position of the first row and column of the stored pixels.</summary>
internal static class ImageOrientation
{
    /// <summary>The side of the blocks that are moved at once, in pixels, so that reads and writes stay in the first-level cache.</summary>
    private const int Tile = 32;

    /// <summary>Rotates and mirrors stored pixels into the upright image.</summary>
    /// <param name="image">The stored pixels.</param>
    /// <param name="orientation">1 to 8; 1, and values outside, do not change the image.</param>
    /// <returns>The same image for 1, otherwise a new one; width and height are swapped for 5 to 8.</returns>
    public static PixelImage Apply(PixelImage image, int orientation)
    {
        var (width, height) = (image.Width, image.Height);
        // The index of the stored pixel for the top left corner, and the index steps for one target pixel to the right and down.
        var (origin, right, down) = orientation switch
        {
            2 => (width - 1, -1, width),
            3 => ((width * height) - 1, -1, -width),
            4 => (width * (height - 1), 1, -width),
            5 => (0, width, 1),
            6 => (width * (height - 1), -width, 1),
            7 => ((width * height) - 1, -width, -1),
            8 => (width - 1, width, -1),
            _ => (0, 1, width),
        };
        return orientation is < 2 or > 8 ? image : Move(image, orientation < 5 ? (width, height) : (height, width), origin, right, down);
    }

    private static PixelImage Move(PixelImage source, (int Width, int Height) size, int origin, int right, int down)
    {
        var target = new PixelImage(size.Width, size.Height);
        var pixels = MemoryMarshal.Cast<byte, uint>(source.Bytes);
        for (var top = 0; top < size.Height; top += Tile)
        {
            for (var left = 0; left < size.Width; left += Tile)
            {
                for (var y = top; y < Math.Min(top + Tile, size.Height); y++)
                {
                    var row = target.Row(y);
                    var index = origin + (y * down) + (left * right);
                    for (var x = left; x < Math.Min(left + Tile, size.Width); x++, index += right)
                    {
                        row[x] = pixels[index];
                    }
                }
            }
        }

        return target;
    }
}

using System.Runtime.InteropServices;

namespace NanoDet.Imaging;

/// <summary>EXIF orientation (EXIF 2.32, tag 0x0112): where the first row and column of the stored pixels belong.</summary>
internal static class ImageOrientation
{
    /// <summary>Side of the squares that are moved at once, in pixels: both reads and writes stay within the first cache.</summary>
    private const int Tile = 32;

    /// <summary>Turns and mirrors stored pixels into the picture as it was meant to be seen.</summary>
    /// <param name="image">The stored pixels.</param>
    /// <param name="orientation">1 to 8; 1, and values outside, leave the picture as it is.</param>
    /// <returns>The same picture for 1, else a new one; width and height are exchanged for 5 to 8.</returns>
    public static PixelImage Apply(PixelImage image, int orientation)
    {
        var (width, height) = (image.Width, image.Height);
        // Index of the stored pixel that comes to the top left, and the steps in it from one target pixel to the right and down.
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

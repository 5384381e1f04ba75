using System.Runtime.InteropServices;
using NanoDet.Imaging;
using NanoDet.Vision.Randomness;

namespace NanoDet.Tool.Measuring;

/// <summary>Makes the default image for a measurement: the same noise every time.</summary>
internal static class NoisePicture
{
    /// <summary>Makes the image.</summary>
    public static PixelImage Create(int width, int height)
    {
        var random = new KeyedRandom("bench", 0, "", 0);
        var image = new PixelImage(width, height);
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(image.Bytes))
        {
            pixel = 0xFF000000 | (uint)random.NextUInt64();
        }

        return image;
    }
}

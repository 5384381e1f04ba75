namespace NanoDet.Imaging.Tests;

/// <summary>The embedded pictures: orange, blue, green and grey squares of 16 pixels.</summary>
internal static class FourSquares
{
    public static readonly (int Red, int Green, int Blue)[] Colors = [(200, 80, 40), (30, 60, 200), (60, 180, 50), (128, 128, 128)];

    /// <summary>Requires that an image is the four squares; what a lossy form changes is at most 3.</summary>
    public static void Require(PixelImage image)
    {
        Assert.Equal(new PixelSize(32, 32), image.Size);
        for (var square = 0; square < 4; square++)
        {
            var pixel = image.Row(square < 2 ? 8 : 24)[square % 2 == 0 ? 8 : 24];
            var (red, green, blue) = Colors[square];
            Assert.Equal(255u, pixel >> 24);
            Assert.InRange((int)(pixel >> 16 & 0xFF), red - 3, red + 3);
            Assert.InRange((int)(pixel >> 8 & 0xFF), green - 3, green + 3);
            Assert.InRange((int)(pixel & 0xFF), blue - 3, blue + 3);
        }
    }

    public static byte[] Read(string name)
    {
        using var stream = typeof(FourSquares).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

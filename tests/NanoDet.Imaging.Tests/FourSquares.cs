namespace NanoDet.Imaging.Tests;

/// <summary>The embedded pictures: orange, blue, green and grey squares of 16 pixels.</summary>
internal static class FourSquares
{
    public static readonly (int Red, int Green, int Blue)[] Colors = [(200, 80, 40), (30, 60, 200), (60, 180, 50), (128, 128, 128)];

    public static byte[] Read(string name)
    {
        using var stream = typeof(FourSquares).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

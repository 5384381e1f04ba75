using NanoDet.SampleGenerator.Scenes;
using SkiaSharp;

namespace NanoDet.SampleGenerator.Rendering;

/// <summary>The picture file of a scene.</summary>
public static class Jpeg
{
    private const int Quality = 85;

    /// <summary>Encodes the pixels that <see cref="Photograph.Take"/> gives.</summary>
    public static byte[] Encode(byte[] pixels)
    {
        using var image = SKImage.FromPixelCopy(new SKImageInfo(Scene.Width, Scene.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), pixels);
        using var data = image.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }
}

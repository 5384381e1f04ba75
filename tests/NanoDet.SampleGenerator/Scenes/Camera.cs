namespace NanoDet.SampleGenerator.Scenes;

/// <summary>What a hand-held camera does to the picture.</summary>
/// <param name="Exposure">Stops above or below the automatic exposure.</param>
/// <param name="Blur">Standard deviation of the blur in pixels: focus and shake.</param>
/// <param name="Noise">Standard deviation of the sensor's noise, in levels of 255.</param>
/// <param name="Vignette">Share of the light that is lost in the corners.</param>
/// <param name="WhiteBalance">How much too warm (above 0) or too cool the picture is.</param>
public sealed record Camera(float Exposure, float Blur, float Noise, float Vignette, float WhiteBalance)
{
    /// <summary>Draws a shot.</summary>
    public static Camera Draw(KeyedRandom random) => new(
        random.Next(-0.55f, 0.5f),
        random.Chance(0.2f) ? random.Next(0.7f, 1.1f) : random.Next(0.3f, 0.6f),
        random.Chance(0.25f) ? random.Next(3, 6) : random.Next(0.8f, 2.5f),
        random.Next(0.05f, 0.35f),
        random.Next(-0.08f, 0.1f));
}

using System.Numerics;
using NanoDet.SampleGenerator.Scenes;

namespace NanoDet.SampleGenerator.Rendering;

/// <summary>Takes the picture: light through the lens on to the sensor, and out as eight bits a channel.</summary>
public static class Photograph
{
    /// <summary>Pixels of a scene, row by row, red, green, blue and opaque alpha.</summary>
    public static byte[] Take(Scene scene)
    {
        var light = Blurred(Exposed(scene), scene.Camera.Blur);
        var sensor = new Noise(scene.Light.Room + 2);
        var middle = new Vector2(Scene.Width, Scene.Height) / 2;
        var balance = new Vector3(1 + scene.Camera.WhiteBalance, 1, 1 - scene.Camera.WhiteBalance);

        // The automatic exposure aims at a middle grey, but half-heartedly: a dark bench stays darker.
        var mean = light.Aggregate(0f, (sum, colour) => sum + Luminance(colour)) / light.Length;
        var gain = MathF.Pow(2, scene.Camera.Exposure) * 0.24f / MathF.Pow(mean, 0.75f);

        var pixels = new byte[light.Length * 4];
        for (var i = 0; i < light.Length; i++)
        {
            var (x, y) = (i % Scene.Width, i / Scene.Width);
            var off = ((new Vector2(x, y) - middle) / middle).LengthSquared() / 2;
            var colour = light[i] * balance * (gain * (1 - (scene.Camera.Vignette * off)));
            for (var channel = 0; channel < 3; channel++)
            {
                var grain = (Gaussian(sensor, x, y, 9) * 0.8f) + (Gaussian(sensor, x, y, channel * 2) * 0.45f);
                pixels[(i * 4) + channel] = (byte)Math.Clamp((255 * Developed(colour[channel])) + (grain * scene.Camera.Noise) + 0.5f, 0, 255);
            }

            pixels[(i * 4) + 3] = 255;
        }

        return pixels;
    }

    private static Vector3[] Exposed(Scene scene)
    {
        var shading = new Shading(scene);
        var light = new Vector3[Scene.Width * Scene.Height];
        for (var row = 0; row < scene.Field.Rows; row++)
        {
            for (var column = 0; column < scene.Field.Columns; column++)
            {
                // A glint is bright, but one sample of it must not outshine its whole pixel.
                var sample = Vector3.Min(shading.At(column, row), new Vector3(4));
                light[(row / HeightField.Oversampling * Scene.Width) + (column / HeightField.Oversampling)]
                    += sample / (HeightField.Oversampling * HeightField.Oversampling);
            }
        }

        return light;
    }

    private static Vector3[] Blurred(Vector3[] light, float sigma)
    {
        var weights = Enumerable.Range(-3, 7).Select(i => MathF.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var total = weights.Sum();
        var across = Convolved(light, weights, total, 1, 0);
        return Convolved(across, weights, total, 0, 1);
    }

    private static Vector3[] Convolved(Vector3[] light, float[] weights, float total, int stepX, int stepY)
    {
        var result = new Vector3[light.Length];
        for (var y = 0; y < Scene.Height; y++)
        {
            for (var x = 0; x < Scene.Width; x++)
            {
                var sum = Vector3.Zero;
                for (var i = -3; i <= 3; i++)
                {
                    var column = Math.Clamp(x + (i * stepX), 0, Scene.Width - 1);
                    var row = Math.Clamp(y + (i * stepY), 0, Scene.Height - 1);
                    sum += light[(row * Scene.Width) + column] * weights[i + 3];
                }

                result[(y * Scene.Width) + x] = sum / total;
            }
        }

        return result;
    }

    private static float Luminance(Vector3 colour) => Vector3.Dot(colour, new Vector3(0.2126f, 0.7152f, 0.0722f));

    /// <summary>A film curve with a shoulder for the glints, then sRGB's own.</summary>
    private static float Developed(float light)
    {
        var film = Math.Clamp(light * ((2.51f * light) + 0.03f) / ((light * ((2.43f * light) + 0.59f)) + 0.14f), 0, 1);
        return film <= 0.0031308f ? 12.92f * film : (1.055f * MathF.Pow(film, 1 / 2.4f)) - 0.055f;
    }

    /// <summary>Nearly normal noise: four uniform numbers added, scaled to a deviation of one.</summary>
    private static float Gaussian(Noise noise, int x, int y, int layer)
    {
        var sum = noise.White(x, (y * 64) + (layer * 4)) + noise.White(x, (y * 64) + (layer * 4) + 1)
            + noise.White(x, (y * 64) + (layer * 4) + 2) + noise.White(x, (y * 64) + (layer * 4) + 3);
        return (sum - 2) * 1.7320508f;
    }
}

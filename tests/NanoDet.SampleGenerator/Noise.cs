namespace NanoDet.SampleGenerator;

/// <summary>Value noise over the plane: smooth, hash-based, without tables.</summary>
public sealed class Noise(ulong key)
{
    private readonly ulong _key = KeyedRandom.Mix(key);

    /// <summary>Uniform white noise in [0, 1) at a whole position.</summary>
    public float White(int x, int y)
        => (KeyedRandom.Mix(_key ^ ((ulong)(uint)x << 32 | (uint)y)) >> 40) / (float)(1 << 24);

    /// <summary>Smooth noise in [0, 1) with features about one unit wide.</summary>
    public float At(float x, float y)
    {
        var left = (int)MathF.Floor(x);
        var top = (int)MathF.Floor(y);
        var u = Fade(x - left);
        var v = Fade(y - top);
        var upper = White(left, top) + (u * (White(left + 1, top) - White(left, top)));
        var lower = White(left, top + 1) + (u * (White(left + 1, top + 1) - White(left, top + 1)));
        return upper + (v * (lower - upper));
    }

    /// <summary>Layers of noise, each twice as fine and half as strong, in [0, 1).</summary>
    public float Layered(float x, float y, int layers)
    {
        float sum = 0, weight = 0, amplitude = 1;
        for (var layer = 0; layer < layers; layer++)
        {
            // Each layer is shifted so that their lattices never line up.
            sum += amplitude * At(x + (layer * 17.3f), y - (layer * 9.7f));
            weight += amplitude;
            amplitude *= 0.5f;
            x *= 2;
            y *= 2;
        }

        return sum / weight;
    }

    private static float Fade(float t) => t * t * (3 - (2 * t));
}

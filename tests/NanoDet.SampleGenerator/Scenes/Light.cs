using System.Numerics;

namespace NanoDet.SampleGenerator.Scenes;

/// <summary>The light of a room: one lamp or window that throws the shadows, and what comes from everywhere.</summary>
/// <param name="Direction">Towards the lamp; unit length, z up.</param>
/// <param name="Colour">Colour and strength of the lamp.</param>
/// <param name="Ambient">Colour and strength of the rest.</param>
/// <param name="Size">Radius of the lamp as seen from the bench, in radians: how soft the shadows are.</param>
/// <param name="Window">Where a second, square light is mirrored in metal.</param>
/// <param name="Room">Key of what else the metal mirrors.</param>
public sealed record Light(Vector3 Direction, Vector3 Colour, Vector3 Ambient, float Size, Vector2 Window, ulong Room)
{
    /// <summary>Draws the light of a room: warm or cool, hard or soft, low or high.</summary>
    public static Light Draw(KeyedRandom random)
    {
        var azimuth = random.Next(0, MathF.Tau);
        var elevation = random.Next(0.55f, 1.15f);
        var warmth = random.Next(-0.12f, 0.16f);
        var strength = random.Next(1.4f, 3.2f);
        return new Light(
            new Vector3(MathF.Cos(azimuth) * MathF.Cos(elevation), MathF.Sin(azimuth) * MathF.Cos(elevation), MathF.Sin(elevation)),
            new Vector3(1 + warmth, 1, 1 - (warmth * 1.4f)) * strength,
            new Vector3(1 - (warmth * 0.3f), 1, 1 + (warmth * 0.4f)) * random.Next(0.55f, 0.95f),
            random.Next(0.05f, 0.22f),
            new Vector2(random.Next(-0.8f, 0.8f), random.Next(-0.8f, 0.8f)),
            (ulong)(random.Next() * (1 << 24)));
    }
}

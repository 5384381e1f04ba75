using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>The metal of a fastener with its wear: plating, roughness, stains and rust.</summary>
public sealed class Finish
{
    private static readonly Vector3 Rust = new(0.13f, 0.058f, 0.026f);
    private readonly Vector3 _colour;
    private readonly float _roughness;
    private readonly float _wear;
    private readonly Noise _noise;

    /// <summary>Draws a finish.</summary>
    public Finish(KeyedRandom random)
    {
        _colour = random.Near(
            random.Pick(Material.Steel, Material.Zinc, Material.Zinc, Material.Steel, Material.Chromated, Material.Brass, Material.Blackened),
            0.12f, 0.02f);
        _roughness = random.Next(0.22f, 0.5f);
        _wear = random.Chance(0.2f) ? random.Next(0.4f, 0.62f) : random.Next(0.1f, 0.36f);
        _noise = new Noise((ulong)(random.Next() * (1 << 24)));
    }

    /// <summary>The material at a point, brushed or turned in a direction.</summary>
    public Material At(Vector2 at, Vector2 brushed, float depth)
    {
        var stain = _noise.Layered(at.X * 3.1f, at.Y * 3.1f, 4);
        var rust = Math.Clamp((stain - 1 + _wear) * 4.5f, 0, 0.9f);
        var shade = 0.86f + (0.28f * _noise.Layered((at.X * 1.3f) + 40, at.Y * 1.3f, 3));
        var colour = Vector3.Lerp(_colour * shade, Rust * (0.6f + stain), rust);
        return new Material(colour, 1 - rust, _roughness + (0.3f * rust)) { Brushed = brushed, BrushDepth = depth };
    }
}

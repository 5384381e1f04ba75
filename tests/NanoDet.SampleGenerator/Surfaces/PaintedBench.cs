using System.Numerics;

namespace NanoDet.SampleGenerator.Surfaces;

/// <summary>Hammered enamel on sheet metal, dusty, chipped down to the primer here and there.</summary>
public sealed class PaintedBench : Bench
{
    private static readonly Vector3 Primer = new(0.26f, 0.22f, 0.2f);
    private readonly Noise _noise;
    private readonly Vector3 _paint;
    private readonly float _hammer;
    private readonly float _chips;

    /// <summary>Draws a painted bench.</summary>
    public PaintedBench(KeyedRandom random)
    {
        _noise = new Noise((ulong)(random.Next() * (1 << 24)));
        _paint = random.Near(
            random.Pick(new Vector3(0.12f, 0.2f, 0.15f), new Vector3(0.09f, 0.14f, 0.24f), new Vector3(0.3f, 0.31f, 0.3f), new Vector3(0.06f, 0.06f, 0.065f)),
            0.2f, 0.06f);
        _hammer = random.Chance(0.5f) ? random.Next(0.4f, 0.9f) : 0.1f;
        _chips = random.Next(0.2f, 0.34f);
    }

    /// <inheritdoc />
    public override float Relief(Vector2 at)
        => (_hammer * _noise.Layered(at.X * 0.16f, at.Y * 0.16f, 2)) - (Chipped(at) * 0.7f) + (0.1f * _noise.At(at.X * 0.9f, at.Y * 0.9f));

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at)
    {
        var chipped = Chipped(at);
        var dust = 0.06f * _noise.Layered(at.X * 0.02f, at.Y * 0.02f, 4);
        return new Material(Vector3.Lerp(_paint, Primer, chipped) + new Vector3(dust), 0, 0.45f + (0.4f * chipped));
    }

    private float Chipped(Vector2 at) => Math.Clamp((_noise.Layered(at.X * 0.045f, (at.Y * 0.045f) + 200, 5) - 1 + _chips) * 18, 0, 1);
}

using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>Clutter: a worn coin, round like a washer but without a hole.</summary>
public sealed class Coin(KeyedRandom random) : Shape
{
    private static readonly Vector3 Copper = new(0.55f, 0.3f, 0.18f);
    private readonly Noise _relief = new((ulong)(random.Next() * (1 << 24)));
    private readonly Vector3 _metal = random.Near(random.Pick(Copper, Material.Brass, Material.Steel), 0.15f, 0.03f);

    /// <inheritdoc />
    public override float Reach => 1.35f;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        var radius = at.Length();
        if (radius > 1.35f)
        {
            return -1;
        }

        var rim = radius > 1.22f ? 0.05f - (Math.Max(0, radius - 1.3f) * 0.8f) : 0;
        var relief = radius < 1.05f ? 0.06f * _relief.Layered((at.X * 2.6f) + 9, at.Y * 2.6f, 3) : 0;
        return 0.18f + rim + relief;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at)
        => new(_metal * (0.7f + (0.4f * _relief.Layered(at.X + 70, at.Y, 3))), 1, 0.45f);
}

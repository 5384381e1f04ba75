using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>Clutter: a painted hexagonal pencil with a sharpened tip.</summary>
public sealed class Pencil(KeyedRandom random) : Shape
{
    private static readonly Vector3 Cedar = new(0.62f, 0.38f, 0.2f);
    private static readonly Vector3 Lead = new(0.05f, 0.05f, 0.055f);
    private readonly Vector3 _paint = random.Near(
        random.Pick(new Vector3(0.85f, 0.55f, 0.05f), new Vector3(0.6f, 0.05f, 0.04f), new Vector3(0.04f, 0.16f, 0.35f)), 0.15f, 0.05f);

    /// <inheritdoc />
    public override float Reach => 8;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        if (MathF.Abs(at.X) > 7.9f)
        {
            return -1;
        }

        var across = MathF.Abs(at.Y);
        var cone = (7.9f - at.X) * 0.3f;
        var hexagon = across < 0.6f ? 0.52f - (Math.Max(0, across - 0.3f) * 1.6f) : -1;
        var round = cone > across ? MathF.Sqrt((cone * cone) - (across * across)) : -1;
        var rise = Math.Min(hexagon, round);
        return rise < 0 ? -1 : 0.52f + rise;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at)
    {
        var ragged = 0.25f * MathF.Abs(MathF.Sin(at.Y * 5.5f));
        return at.X > 7.2f ? new Material(Lead, 0, 0.4f)
            : at.X > 5.5f + ragged ? new Material(Cedar, 0, 0.9f)
            : new Material(_paint, 0, 0.3f);
    }
}

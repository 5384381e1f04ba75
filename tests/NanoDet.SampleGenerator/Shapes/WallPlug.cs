using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>Clutter: a ribbed plastic wall plug with its slit.</summary>
public sealed class WallPlug(KeyedRandom random) : Shape
{
    private readonly Vector3 _colour = random.Near(
        random.Pick(new Vector3(0.5f), new Vector3(0.55f, 0.05f, 0.04f), new Vector3(0.1f, 0.25f, 0.5f)), 0.2f, 0.04f);

    /// <inheritdoc />
    public override float Reach => 2.1f;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        var across = MathF.Abs(at.Y);
        var ribs = MathF.Abs(at.X) < 1.6f ? 0.06f * MathF.Sign(MathF.Sin(at.X * 16)) : 0;
        var radius = at.X < -1.85f ? 0.75f : 0.5f + ribs - (Math.Max(0, at.X - 1.2f) * 0.2f);
        if (MathF.Abs(at.X) > 2.05f || across > radius)
        {
            return -1;
        }

        var rise = 0.55f + MathF.Sqrt((radius * radius) - (across * across));
        return across < 0.06f && at.X > -1 ? rise - 0.4f : rise;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at) => new(_colour, 0, 0.4f);
}

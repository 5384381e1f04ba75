using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>A washer lying flat: stamped with rounded edges, or a spring washer with its slit.</summary>
public sealed class Washer(KeyedRandom random) : Shape
{
    private readonly Finish _finish = new(random);
    private readonly bool _spring = random.Chance(0.18f);
    private readonly float _inner = random.Next(0.53f, 0.6f);
    private readonly float _width = random.Chance(0.25f) ? random.Next(0.8f, 1.0f) : random.Next(0.45f, 0.62f);
    private readonly float _thickness = random.Next(0.14f, 0.24f);

    private float Outer => _inner + (_spring ? 0.34f : _width);

    /// <inheritdoc />
    public override string Label => "washer";

    /// <inheritdoc />
    public override float Reach => Outer;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        var radius = at.Length();
        var edge = Math.Min(radius - _inner, Outer - radius);
        if (edge < 0)
        {
            return -1;
        }

        if (_spring)
        {
            var slit = MathF.Abs(at.Y - (0.3f * (at.X - _inner)));
            return at.X > 0 && slit < 0.05f ? -1 : 0.26f + (0.10f * at.Y / Outer) - (Math.Max(0, 0.08f - edge) * 0.9f);
        }

        return _thickness - (Math.Max(0, 0.07f - edge) * (radius > _inner + 0.1f ? 1.1f : 0.7f));
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at) => _finish.At(at, Vector2.Normalize(new Vector2(-at.Y, at.X)), _spring ? 0.05f : 0.09f);
}

using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>Clutter: a thin rubber ring, matt and round in section where a washer is bright and flat.</summary>
public sealed class RubberRing(KeyedRandom random) : Shape
{
    private readonly float _radius = random.Next(1.0f, 1.6f);
    private readonly float _section = random.Next(0.12f, 0.17f);
    private readonly Vector3 _colour = random.Near(random.Pick(new Vector3(0.03f), new Vector3(0.35f, 0.06f, 0.04f)), 0.2f, 0.05f);

    /// <inheritdoc />
    public override float Reach => _radius + _section;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        var off = at.Length() - _radius;
        return MathF.Abs(off) < _section ? _section + MathF.Sqrt((_section * _section) - (off * off)) : -1;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at) => new(_colour, 0, 0.6f);
}

using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>Clutter: a wire nail, which has a shaft like a bolt but neither thread nor hexagon.</summary>
public sealed class Nail(KeyedRandom random) : Shape
{
    private readonly Finish _finish = new(random);
    private readonly float _half = random.Next(1.6f, 2.6f);

    /// <inheritdoc />
    public override float Reach => _half + 0.1f;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        var across = MathF.Abs(at.Y);
        var radius = at.X < -_half + 0.1f ? 0.38f : Math.Min(0.15f, (_half - at.X) * 0.3f);
        return MathF.Abs(at.X) < _half && across < radius ? 0.2f + MathF.Sqrt((radius * radius) - (across * across)) : -1;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at) => _finish.At(at, Vector2.UnitX, 0.04f);
}

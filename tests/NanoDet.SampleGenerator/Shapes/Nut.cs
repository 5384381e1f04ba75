using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>A hexagon nut lying flat: chamfered corners, turned face, countersunk thread; some have a flange.</summary>
public sealed class Nut(KeyedRandom random) : Shape
{
    private const float Flats = 1.7f;
    private const float Countersink = 0.57f;
    private readonly Finish _finish = new(random);
    private readonly float _height = random.Next(0.55f, 0.9f);
    private readonly float _flange = random.Chance(0.2f) ? random.Next(1.08f, 1.2f) : 0;

    /// <inheritdoc />
    public override string Label => "nut";

    /// <inheritdoc />
    public override float Reach => Math.Max(1.0f, _flange);

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        var radius = at.Length();
        if (radius < 0.42f)
        {
            return -1;
        }

        var side = (Flats / 2) - HexDistance(at);
        if (side < 0)
        {
            return radius < _flange ? (0.10f + ((_flange - radius) * 0.35f)) * Math.Clamp((_flange - radius) * 14, 0.4f, 1) : -1;
        }

        if (radius < 0.5f)
        {
            // The first turns of the thread, seen steeply from above.
            return _height - 0.16f - ((0.5f - radius) * 5) + (0.05f * MathF.Sin(radius * 160));
        }

        var chamfer = Math.Max(0, radius - (Flats * 0.475f)) * 0.6f;
        var sink = Math.Max(0, Countersink - radius) * 1.1f;
        var edge = Math.Max(0, 0.035f - side) * 0.8f;
        return _height - chamfer - sink - edge;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at)
        => _finish.At(at, Vector2.Normalize(new Vector2(-at.Y, at.X)), HexDistance(at) < Flats * 0.47f ? 0.10f : 0.04f);
}

using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>
/// A bolt lying on its side: a hexagon or socket head, a shank and a thread with its pitch and chamfered tip.
/// The axis runs along x, the head at the left; it dips towards the tip, as a bolt does that rests on its head.
/// </summary>
public sealed class Bolt : Shape
{
    private enum Head
    {
        HexagonFlatUp,
        HexagonCornerUp,
        Flanged,
        Socket,
    }

    private const float Flats = 1.6f;
    private const float Corner = Flats / 1.7320508f;
    private const float Pitch = 0.19f;
    private readonly Finish _finish;
    private readonly Head _head;
    private readonly float _headLength;
    private readonly float _length;
    private readonly float _shank;

    /// <summary>Draws a bolt.</summary>
    public Bolt(KeyedRandom random)
    {
        _finish = new Finish(random);
        _head = random.Pick(Head.HexagonFlatUp, Head.HexagonFlatUp, Head.HexagonCornerUp, Head.HexagonCornerUp, Head.Flanged, Head.Socket);
        _headLength = _head == Head.Socket ? 1.0f : random.Next(0.6f, 0.75f);
        _length = random.Next(1.9f, 4.2f);
        _shank = random.Chance(0.5f) ? 0.12f : random.Next(0.3f, 0.5f) * _length;
    }

    /// <inheritdoc />
    public override string Label => "bolt";

    /// <inheritdoc />
    public override float Reach => ((_headLength + _length) / 2) + 0.45f;

    private float HeadRadius => _head == Head.Socket ? 0.75f : Flats / 2;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        // Counted from the bearing face under the head.
        var along = at.X + ((_length - _headLength) / 2);
        if (along < -_headLength || along > _length)
        {
            return -1;
        }

        var axis = HeadRadius + ((0.5f - HeadRadius) * Math.Clamp(along / _length, 0, 1));
        var rise = along <= 0 ? HeadRise(along, at.Y) : ShaftRise(along, at.Y);
        return rise < 0 ? -1 : axis + rise;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at) => _finish.At(at, Vector2.UnitX, 0.03f);

    private float HeadRise(float along, float y)
    {
        var across = MathF.Abs(y);
        var fromEnd = along + _headLength;
        if (_head == Head.Socket)
        {
            var angle = MathF.Asin(Math.Clamp(y / 0.75f, -1, 1));
            var knurl = fromEnd is > 0.15f and < 0.85f ? 0.018f * MathF.Sin(angle * 36) : 0;
            return Circle(0.75f - Math.Max(0, 0.12f - fromEnd) + knurl, across);
        }

        if (_head == Head.Flanged && along > -0.16f)
        {
            return Circle(1.02f + (along * 0.8f), across);
        }

        // A cone turned around the axis cuts the corners of the end face, and the bearing face is turned too.
        var turned = Circle(Math.Min((Flats * 0.475f) + (fromEnd * 1.8f), 0.86f - (along * 3.5f)), across);
        var prism = _head == Head.HexagonCornerUp
            ? across < Flats / 2 ? Corner - (across * 0.57735f) : -1
            : across < Corner ? Math.Min(Flats / 2, (Flats / 2) - ((across - (Corner / 2)) * 1.7320508f)) : -1;
        return Math.Min(turned, prism);
    }

    private float ShaftRise(float along, float y)
    {
        var radius = 0.5f;
        if (along > _shank)
        {
            var angle = MathF.Asin(Math.Clamp(y / 0.5f, -1, 1));
            var turn = (along / Pitch) + (angle / MathF.Tau);
            var depth = MathF.Abs((2 * (turn - MathF.Floor(turn))) - 1);
            radius -= 0.085f * depth * Math.Clamp((along - _shank) * 6, 0, 1);
        }

        // The fillet under the head and the chamfer of the tip.
        radius = Math.Min(radius, 0.5f - (Math.Max(0, along - _length + 0.12f) * 0.9f));
        return Circle(radius, MathF.Abs(y));
    }

    private static float Circle(float radius, float across) => across < radius ? MathF.Sqrt((radius * radius) - (across * across)) : -1;
}

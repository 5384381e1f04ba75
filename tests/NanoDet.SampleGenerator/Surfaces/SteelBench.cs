using System.Numerics;

namespace NanoDet.SampleGenerator.Surfaces;

/// <summary>Sheet steel: brushed in one direction, scratched in others, with oil stains and a touch of rust.</summary>
public sealed class SteelBench : Bench
{
    private static readonly Vector3 Rust = new(0.10f, 0.05f, 0.026f);
    private readonly Noise _noise;
    private readonly Vector2 _along;
    private readonly Vector3 _colour;
    private readonly float _roughness;
    private readonly float _depth;
    private readonly float _rust;
    private readonly (Vector2 Normal, float Offset, float From, float To)[] _scratches;

    /// <summary>Draws a steel bench.</summary>
    public SteelBench(KeyedRandom random)
    {
        _noise = new Noise((ulong)(random.Next() * (1 << 24)));
        var angle = random.Chance(0.6f) ? random.Next(-0.1f, 0.1f) : random.Next(0, MathF.PI);
        _along = new Vector2(MathF.Cos(angle), MathF.Sin(angle));
        _colour = random.Near(Material.Steel * random.Next(0.45f, 0.85f), 0.1f, 0.03f);
        _roughness = random.Next(0.45f, 0.7f);
        _depth = random.Next(0.10f, 0.22f);
        _rust = random.Chance(0.35f) ? random.Next(0.3f, 0.45f) : 0;
        _scratches = new (Vector2, float, float, float)[random.Below(14)];
        for (var i = 0; i < _scratches.Length; i++)
        {
            var turn = random.Next(0, MathF.PI);
            var normal = new Vector2(MathF.Cos(turn), MathF.Sin(turn));
            var middle = new Vector2(random.Next(0, 320), random.Next(0, 240));
            var start = Vector2.Dot(middle, new Vector2(-normal.Y, normal.X));
            _scratches[i] = (normal, Vector2.Dot(middle, normal), start - random.Next(8, 70), start + random.Next(8, 70));
        }
    }

    /// <inheritdoc />
    public override float Relief(Vector2 at) => 0.5f * _noise.Layered(at.X * 0.012f, at.Y * 0.012f, 2);

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at)
    {
        var oil = Math.Clamp((_noise.Layered(at.X * 0.012f, (at.Y * 0.012f) + 30, 4) - 0.5f) * 5, 0, 1);
        var rust = Math.Clamp((_noise.Layered((at.X * 0.03f) + 90, at.Y * 0.03f, 5) - 1 + _rust) * 4, 0, 0.8f);
        var colour = _colour * (1 - (0.3f * oil)) * (0.93f + (0.14f * _noise.At(at.X * 0.7f, at.Y * 0.7f)));
        foreach (var (normal, offset, from, to) in _scratches)
        {
            var away = MathF.Abs(Vector2.Dot(at, normal) - offset);
            var along = Vector2.Dot(at, new Vector2(-normal.Y, normal.X));
            if (away < 0.6f && along > from && along < to)
            {
                colour *= 1.45f;
            }
        }

        return new Material(Vector3.Lerp(colour, Rust, rust), 1 - rust, _roughness - (0.1f * oil)) { Brushed = _along, BrushDepth = _depth };
    }
}

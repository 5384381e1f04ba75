using System.Numerics;

namespace NanoDet.SampleGenerator.Surfaces;

/// <summary>Planks: rings cut lengthwise, fibres, pores, knots, and gaps between the boards.</summary>
public sealed class WoodBench : Bench
{
    private readonly Noise _noise;
    private readonly Vector2 _along;
    private readonly Vector3 _early;
    private readonly Vector3 _late;
    private readonly float _rings;
    private readonly float _plank;
    private readonly float _varnish;
    private readonly bool _knots;

    /// <summary>Draws a wooden bench.</summary>
    public WoodBench(KeyedRandom random)
    {
        _noise = new Noise((ulong)(random.Next() * (1 << 24)));
        var angle = random.Chance(0.7f) ? random.Next(-0.15f, 0.15f) : random.Next(0, MathF.PI);
        _along = new Vector2(MathF.Cos(angle), MathF.Sin(angle));
        (_early, _late) = random.Below(5) switch
        {
            0 => (new Vector3(0.62f, 0.42f, 0.23f), new Vector3(0.42f, 0.23f, 0.10f)),
            1 => (new Vector3(0.50f, 0.31f, 0.16f), new Vector3(0.30f, 0.16f, 0.07f)),
            2 => (new Vector3(0.22f, 0.115f, 0.055f), new Vector3(0.10f, 0.048f, 0.022f)),
            3 => (new Vector3(0.66f, 0.52f, 0.34f), new Vector3(0.52f, 0.37f, 0.21f)),
            _ => (new Vector3(0.38f, 0.33f, 0.27f), new Vector3(0.24f, 0.20f, 0.16f)),
        };
        _early = random.Near(_early, 0.15f, 0.04f);
        _late = random.Near(_late, 0.15f, 0.04f);
        _rings = random.Next(0.05f, 0.12f);
        _plank = random.Chance(0.6f) ? random.Next(90, 190) : 5000;
        _varnish = random.Next(0.45f, 0.95f);
        _knots = random.Chance(0.5f);
    }

    /// <inheritdoc />
    public override float Relief(Vector2 at)
    {
        var (grain, fibre, gap, _) = Structure(at);
        return (0.25f * fibre) - (0.15f * grain) - (gap * 3.5f);
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at)
    {
        var (grain, fibre, gap, tone) = Structure(at);
        var colour = Vector3.Lerp(_early, _late, grain) * (0.78f + (0.34f * fibre)) * tone;
        return new Material(colour * (1 - (0.85f * gap)), 0, _varnish);
    }

    private (float Grain, float Fibre, float Gap, float Tone) Structure(Vector2 at)
    {
        var u = Vector2.Dot(at, _along);
        var v = Vector2.Dot(at, new Vector2(-_along.Y, _along.X)) + 700;
        var board = MathF.Floor(v / _plank);
        var across = (v / _plank) - board;
        var edge = Math.Min(across, 1 - across) * _plank;
        var gap = Math.Clamp(1.6f - edge, 0, 1);
        u += board * 431;

        // Boards are cut from different logs; rings are nearly parallel to them and bulge round knots.
        var warp = 26 * _noise.Layered((u * 0.006f) + 3, (v * 0.014f) + (board * 5), 3);
        var knot = 0f;
        if (_knots)
        {
            var cell = MathF.Floor(u / 210);
            var centre = new Vector2((cell + 0.2f + (0.6f * _noise.White((int)cell, (int)board + 7))) * 210, (board + 0.3f + (0.4f * _noise.White((int)cell, (int)board + 99))) * _plank);
            var away = new Vector2((u - centre.X) * 0.6f, _plank < 1000 ? v - centre.Y : v - 760 - (90 * _noise.White((int)cell, 55)));
            var near = MathF.Exp(-away.LengthSquared() / 260);
            warp += near * 34;
            knot = Math.Clamp((near - 0.55f) * 4, 0, 1);
        }

        var ring = (v + warp) * _rings;
        var phase = ring - MathF.Floor(ring);
        var grain = phase * phase * (phase < 0.92f ? 1 : (1 - phase) * 12.5f);
        var fibre = _noise.Layered(u * 0.05f, v * 0.9f, 3);
        var pores = _noise.At(u * 0.09f, v * 1.3f) > 0.86f ? 0.35f : 0;
        grain = Math.Clamp((grain * 0.75f) + pores + (0.35f * (_noise.Layered(u * 0.01f, v * 0.05f, 3) - 0.5f)) + knot, 0, 1.25f);
        var tone = 0.85f + (0.3f * _noise.White((int)board, 3));
        return (grain, fibre, gap, tone);
    }
}

using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>Clutter: a torn-off piece of a printed sheet.</summary>
public sealed class PaperNote(KeyedRandom random) : Shape
{
    private static readonly Vector3 Ink = new(0.12f, 0.12f, 0.13f);
    private readonly float _width = random.Next(3.5f, 6);
    private readonly float _height = random.Next(2.5f, 4.5f);
    private readonly Noise _noise = new((ulong)(random.Next() * (1 << 24)));

    /// <inheritdoc />
    public override float Reach => MathF.Sqrt((_width * _width) + (_height * _height)) + 0.2f;

    /// <inheritdoc />
    public override float Height(Vector2 at)
    {
        var torn = 0.25f * _noise.Layered(at.X * 3, 0, 4);
        var inside = MathF.Abs(at.X) < _width && at.Y < _height && at.Y > -_height + torn;
        return inside ? 0.05f + (0.12f * _noise.At(at.X * 0.4f, at.Y * 0.4f)) : -1;
    }

    /// <inheritdoc />
    public override Material MaterialAt(Vector2 at)
    {
        var row = (at.Y + 40) / 0.32f;
        var line = (int)MathF.Floor(row);
        var within = row - line;
        var letter = (int)MathF.Floor((at.X + 40) / 0.1f);
        var word = letter / (3 + (line % 4));
        var end = _width * (0.25f + (0.6f * _noise.White(line, 900)));
        var printed = within is > 0.35f and < 0.7f && line % 7 != 0 && MathF.Abs(at.X) < _width * 0.85f && at.X < end
            && letter % (3 + (line % 4)) != 0 && _noise.White(letter, line) > 0.25f && _noise.White(word, line) > 0.1f;
        var paper = new Vector3(0.80f, 0.79f, 0.74f) * (0.94f + (0.1f * _noise.At(at.X * 2, at.Y * 2)));
        return new Material(printed ? Ink : paper, 0, 0.95f);
    }
}

using System.Numerics;
using NanoDet.SampleGenerator.Shapes;
using NanoDet.SampleGenerator.Surfaces;

namespace NanoDet.SampleGenerator.Scenes;

/// <summary>One photograph before it is taken: a bench with things on it, the light and the camera.</summary>
public sealed class Scene
{
    /// <summary>Width of every picture in pixels.</summary>
    public const int Width = 320;

    /// <summary>Height of every picture in pixels.</summary>
    public const int Height = 240;

    /// <summary>Share of a labelled part that must be seen.</summary>
    private const float VisibleShare = 0.62f;

    private readonly KeyedRandom _random;

    /// <summary>Composes the scene of a number; the same number gives the same scene.</summary>
    public Scene(int number)
    {
        _random = new KeyedRandom((ulong)number);
        Bench = Bench.Draw(_random);
        Light = Light.Draw(_random);
        Camera = Camera.Draw(_random);

        // One distance of the camera for the whole picture; the sizes of the fasteners vary around it.
        var scale = _random.Next(13, 27);
        var empty = number % 13 == 5;
        Lay(_random.Chance(empty ? 0.8f : 0.45f) ? 1 + _random.Below(3) : 0, scale, DrawClutter);
        if (!empty)
        {
            Lay(_random.Chance(0.12f) ? 1 : 3 + _random.Below(scale < 19 ? 6 : 4), scale, DrawFastener);
        }
    }

    /// <summary>What the things lie on.</summary>
    public Bench Bench { get; }

    /// <summary>The light.</summary>
    public Light Light { get; }

    /// <summary>The camera.</summary>
    public Camera Camera { get; }

    /// <summary>The things on the bench.</summary>
    public HeightField Field { get; } = new(Width, Height);

    private void Lay(int count, float scale, Func<KeyedRandom, Shape> draw)
    {
        for (var i = 0; i < count; i++)
        {
            var shape = draw(_random);
            var size = scale * _random.Next(0.82f, 1.25f);
            var margin = size * 0.4f;

            // A place where it buries nothing; crowded benches simply end up with fewer parts.
            for (var attempt = 0; attempt < 12; attempt++)
            {
                var centre = new Vector2(_random.Next(margin, Width - margin), _random.Next(margin, Height - margin));
                var placement = new Placement(shape, centre, _random.Next(0, MathF.Tau), size, 0);
                if (Field.TryPlace(placement, shape.Label is null ? 0.25f : attempt < 9 ? 0.97f : VisibleShare))
                {
                    break;
                }
            }
        }
    }

    private static Shape DrawFastener(KeyedRandom random) => random.Below(3) switch
    {
        0 => new Bolt(random),
        1 => new Nut(random),
        _ => new Washer(random),
    };

    private static Shape DrawClutter(KeyedRandom random) => random.Below(6) switch
    {
        0 => new Pencil(random),
        1 => new Coin(random),
        2 => new Nail(random),
        3 => new RubberRing(random),
        4 => new WallPlug(random),
        _ => new PaperNote(random),
    };
}

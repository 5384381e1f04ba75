using System.Numerics;

namespace NanoDet.SampleGenerator.Surfaces;

/// <summary>What the parts lie on. Positions are in pixels of the picture, so that the grain keeps its size.</summary>
public abstract class Bench
{
    /// <summary>Small differences of height that catch the light, in pixels.</summary>
    public abstract float Relief(Vector2 at);

    /// <summary>What it is made of at a point.</summary>
    public abstract Material MaterialAt(Vector2 at);

    /// <summary>Draws a bench: wood, bare metal or painted metal.</summary>
    public static Bench Draw(KeyedRandom random) => random.Below(10) switch
    {
        < 5 => new WoodBench(random),
        < 8 => new SteelBench(random),
        _ => new PaintedBench(random),
    };
}

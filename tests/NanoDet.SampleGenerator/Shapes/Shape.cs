using System.Numerics;

namespace NanoDet.SampleGenerator.Shapes;

/// <summary>Something that lies on the bench, as a height over its own plane. Lengths are in thread diameters.</summary>
public abstract class Shape
{
    /// <summary>The class it is labelled as; null for clutter.</summary>
    public virtual string? Label => null;

    /// <summary>Radius of the circle around the origin that holds the whole shape.</summary>
    public abstract float Reach { get; }

    /// <summary>Height over the bench at a point; negative where the shape is not.</summary>
    public abstract float Height(Vector2 at);

    /// <summary>What it is made of at a point.</summary>
    public abstract Material MaterialAt(Vector2 at);

    /// <summary>Distance from the centre of a regular hexagon to the side nearest to a point's direction, along its normal.</summary>
    protected static float HexDistance(Vector2 at)
    {
        const float half = 0.5f;
        const float sine = 0.8660254f;
        return MathF.Max(MathF.Abs(at.Y), MathF.Max(MathF.Abs((sine * at.X) + (half * at.Y)), MathF.Abs((sine * at.X) - (half * at.Y))));
    }
}

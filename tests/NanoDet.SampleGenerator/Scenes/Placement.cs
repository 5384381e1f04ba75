using System.Numerics;
using NanoDet.SampleGenerator.Shapes;

namespace NanoDet.SampleGenerator.Scenes;

/// <summary>A shape somewhere on the bench.</summary>
/// <param name="Shape">What it is.</param>
/// <param name="Centre">Where its origin lies, in pixels.</param>
/// <param name="Angle">How it is turned, in radians.</param>
/// <param name="Scale">Pixels of one thread diameter.</param>
/// <param name="Floor">Height of what it lies on, in pixels.</param>
public sealed record Placement(Shape Shape, Vector2 Centre, float Angle, float Scale, float Floor)
{
    private readonly Vector2 _axis = new(MathF.Cos(Angle), MathF.Sin(Angle));

    /// <summary>A point of the picture in the shape's own plane.</summary>
    public Vector2 ToShape(Vector2 at)
    {
        var offset = (at - Centre) / Scale;
        return new Vector2(Vector2.Dot(offset, _axis), (offset.Y * _axis.X) - (offset.X * _axis.Y));
    }

    /// <summary>A direction of the shape's plane in the picture.</summary>
    public Vector2 ToPicture(Vector2 direction)
        => new((direction.X * _axis.X) - (direction.Y * _axis.Y), (direction.X * _axis.Y) + (direction.Y * _axis.X));

    /// <summary>Height over the bench in pixels; negative where the shape is not.</summary>
    public float Height(Vector2 at)
    {
        var height = Shape.Height(ToShape(at));
        return height < 0 ? -1 : Floor + (height * Scale);
    }
}

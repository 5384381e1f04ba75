using System.Numerics;

namespace NanoDet.SampleGenerator;

/// <summary>How a point looks: what it reflects, and how.</summary>
/// <param name="Colour">Diffuse colour of a dielectric, mirror colour of a metal; linear light, 0 to 1.</param>
/// <param name="Metalness">0 for wood, paper, plastic and paint; 1 for bare metal.</param>
/// <param name="Roughness">0 for a mirror, 1 for chalk.</param>
public readonly record struct Material(Vector3 Colour, float Metalness, float Roughness)
{
    /// <summary>Direction in which the metal was brushed or turned; zero for none. Highlights spread across it.</summary>
    public Vector2 Brushed { get; init; }

    /// <summary>Depth of the brush marks, as the sine of the angle by which they tilt the surface.</summary>
    public float BrushDepth { get; init; }

    /// <summary>Stainless steel.</summary>
    public static readonly Vector3 Steel = new(0.60f, 0.59f, 0.57f);

    /// <summary>Zinc plating, slightly blue.</summary>
    public static readonly Vector3 Zinc = new(0.56f, 0.59f, 0.63f);

    /// <summary>Yellow chromated zinc.</summary>
    public static readonly Vector3 Chromated = new(0.66f, 0.55f, 0.33f);

    /// <summary>Brass.</summary>
    public static readonly Vector3 Brass = new(0.80f, 0.62f, 0.28f);

    /// <summary>Blackened steel.</summary>
    public static readonly Vector3 Blackened = new(0.11f, 0.11f, 0.12f);
}

using System.Numerics;
using NanoDet.SampleGenerator.Scenes;

namespace NanoDet.SampleGenerator.Rendering;

/// <summary>What metal mirrors: the ceiling, the room, a window, the lamp, and the dark shape of whoever holds the camera.</summary>
public sealed class Surroundings(Light light, Vector3 bench)
{
    private readonly Noise _room = new(light.Room);

    /// <summary>Light that comes from a direction, spread by the roughness of what mirrors it.</summary>
    /// <param name="direction">Where it comes from; unit length, z up.</param>
    /// <param name="roughness">0 for a mirror, 1 for chalk.</param>
    /// <param name="lamp">Share of the lamp that is not in shadow.</param>
    public Vector3 From(Vector3 direction, float roughness, float lamp)
    {
        var plane = new Vector2(direction.X, direction.Y) / (0.35f + MathF.Max(0, direction.Z));
        var up = Math.Clamp((direction.Z * 0.9f) + 0.15f, 0, 1);
        var room = 0.3f + (0.9f * Math.Clamp((_room.Layered((plane.X * 2.1f) + 20, (plane.Y * 2.1f) + 20, 3) - 0.32f) * 2.2f, 0, 1));
        var sky = light.Ambient * room;
        var radiance = Vector3.Lerp(bench * light.Ambient * 0.7f, sky, up);

        var blur = 0.08f + (0.5f * roughness);
        var window = Step(0.42f - MathF.Abs(plane.X - light.Window.X), blur) * Step(0.3f - MathF.Abs(plane.Y - light.Window.Y), blur);
        radiance += light.Ambient * (window * 1.3f);

        var photographer = Step(0.24f - (plane - new Vector2(0.05f, 0.16f)).Length(), blur);
        radiance *= 1 - (0.45f * photographer);

        var width = (roughness * roughness * 0.35f) + 0.012f;
        var lobe = MathF.Exp((Vector3.Dot(direction, light.Direction) - 1) / width);
        return radiance + (light.Colour * (lobe * lamp * Math.Min(2.2f, 0.16f / width)));
    }

    private static float Step(float distance, float blur)
    {
        var t = Math.Clamp((distance / (2 * blur)) + 0.5f, 0, 1);
        return t * t * (3 - (2 * t));
    }
}

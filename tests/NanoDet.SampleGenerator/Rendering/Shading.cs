using System.Numerics;
using NanoDet.SampleGenerator.Scenes;

namespace NanoDet.SampleGenerator.Rendering;

/// <summary>Colour of every sample of a scene, in linear light.</summary>
public sealed class Shading
{
    private const float Step = 1f / HeightField.Oversampling;
    private readonly Scene _scene;
    private readonly Occlusion _occlusion;
    private readonly Surroundings _surroundings;
    private readonly Noise _grain;

    /// <summary>Prepares a scene.</summary>
    public Shading(Scene scene)
    {
        _scene = scene;
        _occlusion = new Occlusion(scene.Field, scene.Light);
        _grain = new Noise(scene.Light.Room + 1);

        var bench = Vector3.Zero;
        for (var i = 0; i < 64; i++)
        {
            bench += scene.Bench.MaterialAt(new Vector2(((i % 8) + 0.5f) * Scene.Width / 8, ((i / 8) + 0.5f) * Scene.Height / 8)).Colour;
        }

        _surroundings = new Surroundings(scene.Light, bench / 64);
    }

    /// <summary>Colour of one sample.</summary>
    public Vector3 At(int column, int row)
    {
        var at = HeightField.Position(column, row);
        var owner = _scene.Field.OwnerAt(column, row);
        var (material, normal) = owner < 0 ? Bench(at) : Part(_scene.Field.Placed[owner], at);
        var lamp = _occlusion.Lamp(column, row);
        var open = _occlusion.Open(column, row);
        return material.Metalness switch
        {
            <= 0 => Dielectric(material, normal, at, lamp, open),
            >= 1 => Metal(material, normal, at, lamp, open),
            var share => Vector3.Lerp(Dielectric(material, normal, at, lamp, open), Metal(material, normal, at, lamp, open), share),
        };
    }

    private (Material Material, Vector3 Normal) Bench(Vector2 at)
    {
        var bench = _scene.Bench;
        var slopeX = bench.Relief(at + new Vector2(Step, 0)) - bench.Relief(at - new Vector2(Step, 0));
        var slopeY = bench.Relief(at + new Vector2(0, Step)) - bench.Relief(at - new Vector2(0, Step));
        return (bench.MaterialAt(at), Vector3.Normalize(new Vector3(-slopeX, -slopeY, 2 * Step)));
    }

    private static (Material Material, Vector3 Normal) Part(Placement part, Vector2 at)
    {
        var material = part.Shape.MaterialAt(part.ToShape(at));
        var here = part.Height(at);
        var slope = new Vector2(Slope(part, at, new Vector2(Step, 0), here), Slope(part, at, new Vector2(0, Step), here));
        var steep = slope.Length();
        slope *= steep > 3 ? 3 / steep : 1;
        return (material with { Brushed = part.ToPicture(material.Brushed) }, Vector3.Normalize(new Vector3(-slope, 1)));
    }

    private static float Slope(Placement part, Vector2 at, Vector2 step, float here)
    {
        var before = part.Height(at - step);
        var after = part.Height(at + step);
        return (before < 0, after < 0) switch
        {
            (false, false) => (after - before) / (2 * Step),
            (true, false) => (after - here) / Step,
            (false, true) => (here - before) / Step,
            _ => 0,
        };
    }

    private Vector3 Dielectric(Material material, Vector3 normal, Vector2 at, float lamp, float open)
    {
        var light = _scene.Light;
        var diffuse = material.Colour * ((light.Ambient * (open * (0.6f + (0.4f * normal.Z)))) + (light.Colour * (lamp * Math.Max(0, Vector3.Dot(normal, light.Direction)))));
        var gloss = (1 - material.Roughness) * 0.10f;
        return diffuse + (_surroundings.From(Mirrored(normal, at), material.Roughness, lamp) * (gloss * open));
    }

    private Vector3 Metal(Material material, Vector3 normal, Vector2 at, float lamp, float open)
    {
        var across = new Vector2(-material.Brushed.Y, material.Brushed.X);
        if (material.BrushDepth == 0)
        {
            return material.Colour * _surroundings.From(Mirrored(normal, at), material.Roughness, lamp) * open;
        }

        // Brush marks tilt the surface across their direction: finely, which spreads the reflection, and a little
        // irregularly, which shows as streaks.
        var streak = _grain.At(Vector2.Dot(at, material.Brushed) * 0.06f, Vector2.Dot(at, across) * 1.5f) - 0.5f;
        var sum = Vector3.Zero;
        for (var i = -2; i <= 2; i++)
        {
            var tilt = across * (material.BrushDepth * (i + (streak * 1.6f)));
            sum += _surroundings.From(Mirrored(Vector3.Normalize(normal + new Vector3(tilt, 0)), at), material.Roughness, lamp);
        }

        return material.Colour * sum * (open / 5);
    }

    /// <summary>Where the camera's ray goes on to; things in the room are near, so the place in the picture counts too.</summary>
    private static Vector3 Mirrored(Vector3 normal, Vector2 at)
    {
        var ray = (2 * normal.Z * normal) - Vector3.UnitZ;
        var near = new Vector3((at.X / Scene.Width) - 0.5f, (at.Y / Scene.Height) - 0.5f, 0) * 0.55f;
        return Vector3.Normalize(ray + near);
    }
}

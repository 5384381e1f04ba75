using System.Numerics;
using NanoDet.SampleGenerator.Scenes;

namespace NanoDet.SampleGenerator.Rendering;

/// <summary>What stands in the light's way.</summary>
public sealed class Occlusion
{
    private const float Stride = 1.3f;
    private static readonly float[] Distances = [2, 5, 10, 18];
    private static readonly Vector2[] Around = [.. Enumerable.Range(0, 8).Select(i => new Vector2(MathF.Cos(i * MathF.Tau / 8), MathF.Sin(i * MathF.Tau / 8)))];
    private readonly HeightField _field;
    private readonly Vector3[] _rays;

    /// <summary>Prepares the rays to points spread over the lamp.</summary>
    public Occlusion(HeightField field, Light light)
    {
        _field = field;
        var side = Vector3.Normalize(Vector3.Cross(light.Direction, Vector3.UnitZ));
        var above = Vector3.Cross(side, light.Direction);
        _rays = new Vector3[12];
        for (var i = 0; i < _rays.Length; i++)
        {
            // Points of a sunflower cover the disc evenly.
            var radius = light.Size * MathF.Sqrt((i + 0.5f) / _rays.Length);
            var turn = i * 2.3999632f;
            var ray = light.Direction + (side * (radius * MathF.Cos(turn))) + (above * (radius * MathF.Sin(turn)));
            _rays[i] = ray / new Vector2(ray.X, ray.Y).Length();
        }
    }

    /// <summary>Share of the lamp that a sample sees, 0 to 1.</summary>
    public float Lamp(int column, int row)
    {
        var start = _field.HeightAt(column, row) + 0.35f;
        var seen = 0;
        foreach (var ray in _rays)
        {
            seen += Reaches(column, row, start, ray) ? 1 : 0;
        }

        return seen / (float)_rays.Length;
    }

    /// <summary>Share of the sky that a sample sees, 0 to 1.</summary>
    public float Open(int column, int row)
    {
        var here = _field.HeightAt(column, row);
        var hidden = 0f;
        foreach (var direction in Around)
        {
            var steepest = 0f;
            foreach (var distance in Distances)
            {
                steepest = Math.Max(steepest, (Height(column, row, direction * distance) - here) / distance);
            }

            hidden += steepest * steepest / (1 + (steepest * steepest));
        }

        return 1 - (hidden / Around.Length);
    }

    private bool Reaches(int column, int row, float height, Vector3 ray)
    {
        var offset = Vector2.Zero;
        while (height < _field.Highest)
        {
            offset += new Vector2(ray.X, ray.Y) * Stride;
            height += ray.Z * Stride;
            if (Height(column, row, offset) > height)
            {
                return false;
            }
        }

        return true;
    }

    private float Height(int column, int row, Vector2 offset)
    {
        var x = column + (int)MathF.Round(offset.X * HeightField.Oversampling);
        var y = row + (int)MathF.Round(offset.Y * HeightField.Oversampling);
        return x >= 0 && y >= 0 && x < _field.Columns && y < _field.Rows ? _field.HeightAt(x, y) : 0;
    }
}

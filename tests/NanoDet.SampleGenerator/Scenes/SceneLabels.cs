using NanoDet.Core.Geometry;
using NanoDet.Data.Labels;

namespace NanoDet.SampleGenerator.Scenes;

/// <summary>The truth about a scene: tight boxes around what can be seen of every fastener.</summary>
public static class SceneLabels
{
    /// <summary>The labels of a scene.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="fileName">Name of its picture.</param>
    public static LabeledImage Of(Scene scene, string fileName) => new(fileName, [.. Objects(scene.Field)])
    {
        Width = Scene.Width,
        Height = Scene.Height,
    };

    private static IEnumerable<LabeledObject> Objects(HeightField field)
    {
        for (var part = 0; part < field.Placed.Count; part++)
        {
            if (field.Placed[part].Shape.Label is { } label && Box(field, part) is { IsDegenerate: false } box)
            {
                var cut = box.Left <= 0 || box.Top <= 0 || box.Right >= Scene.Width || box.Bottom >= Scene.Height;
                yield return new LabeledObject(label, box) { Truncated = cut };
            }
        }
    }

    private static BoundingBox Box(HeightField field, int part)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        for (var row = 0; row < field.Rows; row++)
        {
            for (var column = 0; column < field.Columns; column++)
            {
                if (field.OwnerAt(column, row) == part)
                {
                    (left, top) = (Math.Min(left, column), Math.Min(top, row));
                    (right, bottom) = (Math.Max(right, column + 1), Math.Max(bottom, row + 1));
                }
            }
        }

        // Whole pixels, as labelImg has them: those that the part covers at least partly.
        const double samples = HeightField.Oversampling;
        return new BoundingBox(Math.Floor(left / samples), Math.Floor(top / samples), Math.Ceiling(right / samples), Math.Ceiling(bottom / samples));
    }
}

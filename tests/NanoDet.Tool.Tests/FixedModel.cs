using System.Collections.Immutable;
using NanoDet.Core.Models;

namespace NanoDet.Tool.Tests;

/// <summary>
/// A model that sees the same in every picture: an object of the given class and score from a quarter to three quarters of
/// the width and of the height. Quick, tiny, and all of the tool runs on it.
/// </summary>
internal static class FixedModel
{
    private const int Side = 64;
    private const int Rows = 64 + 16 + 4 + 1;
    private const int Bins = 8;

    /// <summary>Writes the model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classes">The class names.</param>
    /// <param name="scores">Score of the object as each of the classes.</param>
    public static string Write(string path, ImmutableArray<string> classes, params float[] scores)
    {
        var columns = classes.Length + (4 * Bins);
        var output = new float[Rows * columns];

        // The prediction in the middle, at stride 8: column 4 of row 4, two strides to each side.
        var middle = output.AsSpan(((4 * 8) + 4) * columns, columns);
        scores.CopyTo(middle);
        for (var side = 0; side < 4; side++)
        {
            middle[classes.Length + (side * Bins) + 2] = 40;
        }

        byte[] graph = [
            .. OnnxBytes.Node("Identity", ["predictions"], "output"), .. OnnxBytes.Text(2, "fixed"),
            .. OnnxBytes.Weight("predictions", [1, Rows, columns], output),
            .. OnnxBytes.Input("data", 1, 3, Side, Side), .. OnnxBytes.Output("output", 1, Rows, columns)];
        File.WriteAllBytes(path, OnnxBytes.Model(graph, Metadata(classes)));
        return path;
    }

    /// <summary>What the model says of itself.</summary>
    public static ModelMetadata Metadata(ImmutableArray<string> classes) => new()
    {
        Classes = classes,
        InputWidth = Side,
        InputHeight = Side,
        Strides = [8, 16, 32, 64],
        RegMax = Bins - 1,
        CentredPriors = false,
        KeepRatio = false,
        Version = "1.2.3",
    };
}

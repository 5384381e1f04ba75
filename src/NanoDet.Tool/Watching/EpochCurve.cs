using System.Collections.Immutable;

namespace NanoDet.Tool.Watching;

/// <summary>Draws a figure over the epochs as a few rows of block characters; future epochs are blank.</summary>
internal static class EpochCurve
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private const int Eighths = 8;

    /// <summary>Draws the curve.</summary>
    /// <param name="points">Epochs, from 1 and ascending, with their figures; at least one.</param>
    /// <param name="epochs">The number of epochs of the training.</param>
    /// <param name="lowest">The figure at the bottom.</param>
    /// <param name="highest">The figure at the top.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static ImmutableArray<string> Draw(
        IReadOnlyList<(int Epoch, double Figure)> points, int epochs, double lowest, double highest, int width, int height)
    {
        var levels = new int[width];
        var next = 0;
        var level = 0;
        for (var column = 0; column < width; column++)
        {
            // A column shows the last epoch that falls into it; if there is none, it repeats the figure before.
            for (; next < points.Count && (points[next].Epoch - 1) * (long)width < (column + 1) * (long)epochs; next++)
            {
                level = Level(points[next].Figure, lowest, highest, height);
            }

            levels[column] = next == points.Count && points[^1].Epoch * (long)width <= column * (long)epochs ? 0 : level;
        }

        return [.. Enumerable.Range(0, height).Select(row => string.Concat(levels.Select(l => Blocks[Math.Clamp(l - ((height - 1 - row) * Eighths), 0, Eighths)])))];
    }

    // A column that was reached is never empty.
    private static int Level(double figure, double lowest, double highest, int height)
        => double.IsFinite(figure) && highest > lowest
            ? Math.Clamp((int)Math.Round((figure - lowest) / (highest - lowest) * height * Eighths), 1, height * Eighths)
            : 1;
}

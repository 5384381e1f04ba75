using System.Collections.Immutable;

namespace NanoDet.Pipeline.Reports.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">Its points; a point that is no number is left out.</param>
internal sealed record ChartSeries(string Name, ImmutableArray<(double X, double Y)> Points)
{
    /// <summary>Makes a line.</summary>
    public static ChartSeries Of(string name, IEnumerable<(double X, double Y)> points)
        => new(name, [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))]);
}

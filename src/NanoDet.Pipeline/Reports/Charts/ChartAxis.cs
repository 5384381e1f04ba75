using System.Globalization;

namespace NanoDet.Pipeline.Reports.Charts;

/// <summary>An axis of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Low">Its smallest value.</param>
/// <param name="High">Its largest value, above the smallest.</param>
internal sealed record ChartAxis(string Name, double Low, double High)
{
    private const int MostTicks = 6;
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    /// <summary>An axis for a share.</summary>
    public static ChartAxis OfShare(string name) => new(name, 0, 1);

    /// <summary>An axis that has 0 and all of the values; of what is no number, nothing is shown.</summary>
    public static ChartAxis From0(string name, IEnumerable<double> values)
        => values.Where(double.IsFinite).DefaultIfEmpty(0).Max() is > 0 and var high ? new(name, 0, high) : OfShare(name);

    /// <summary>Where a value is, as a share of the axis.</summary>
    public double Share(double value) => (value - Low) / (High - Low);

    /// <summary>Round values on the axis, with their text.</summary>
    public IEnumerable<(double Value, string Text)> Ticks()
    {
        var step = Step();
        for (var index = Math.Ceiling((Low / step) - 1e-9); index * step <= High + (step * 1e-9); index++)
        {
            var value = (index * step) + 0.0; // Not -0, whose text has a sign.
            yield return (value, value.ToString("G4", CultureInfo.InvariantCulture));
        }
    }

    // The smallest of 1, 2 and 5 times a power of ten that does not give too many ticks.
    private double Step()
    {
        var least = (High - Low) / (MostTicks - 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return RoundSteps.Select(factor => factor * power).First(step => step >= least * (1 - 1e-9));
    }
}

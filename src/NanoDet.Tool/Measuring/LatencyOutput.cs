using System.Globalization;
using NanoDet.Tool.Terminal;
using Spectre.Console;

namespace NanoDet.Tool.Measuring;

/// <summary>Prints a measurement for people.</summary>
internal static class LatencyOutput
{
    /// <summary>Prints a line about the measurement, then the steps.</summary>
    public static void Print(LatencyReport report)
    {
        var table = ToolConsole.Table();
        table.AddColumn(new TableColumn("milliseconds").NoWrap());
        foreach (var name in new[] { "min", "mean", "p50", "p90", "p99", "max" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var (stage, spread) in new[] { ("prepare", report.Prepare), ("network", report.Run), ("decode", report.Decode), ("total", report.Total) })
        {
            table.AddRow([stage, .. new[] { spread.Min, spread.Mean, spread.P50, spread.P90, spread.P99, spread.Max }
                .Select(time => time.ToString("0.00", CultureInfo.InvariantCulture))]);
        }

        ToolConsole.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Width}x{report.Height} resized to {report.InputWidth}x{report.InputHeight}, {report.Loops} {(report.Loops == 1 ? "detection" : "detections")}, {report.PicturesPerSecond:0.0} per second\n"));
        ToolConsole.Print(table);
    }
}

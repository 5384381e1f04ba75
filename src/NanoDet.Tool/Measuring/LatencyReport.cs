namespace NanoDet.Tool.Measuring;

/// <summary>The result of a measurement, as <c>--json</c> writes it; all times in milliseconds.</summary>
/// <param name="Width">Width of the image.</param>
/// <param name="Height">Height of the image.</param>
/// <param name="InputWidth">Width of the network's input.</param>
/// <param name="InputHeight">Height of the network's input.</param>
/// <param name="Loops">The number of measured detections.</param>
/// <param name="PicturesPerSecond">Sequential detections per second, without decoding.</param>
/// <param name="Prepare">From the image to the network's input.</param>
/// <param name="Run">The network.</param>
/// <param name="Decode">From the network's output to boxes.</param>
/// <param name="Total">The sum of all steps.</param>
internal sealed record LatencyReport(
    int Width, int Height, int InputWidth, int InputHeight, int Loops, double PicturesPerSecond,
    LatencySpread Prepare, LatencySpread Run, LatencySpread Decode, LatencySpread Total);

/// <summary>The distribution of a time, in milliseconds.</summary>
internal sealed record LatencySpread(double Min, double Mean, double P50, double P90, double P99, double Max)
{
    /// <summary>Summarises measured times; a percentile is the smallest time that this share does not exceed.</summary>
    public static LatencySpread Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => Math.Round(time.TotalMilliseconds, 4)).Order().ToArray();
        double Percentile(int percent) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
        return new(sorted[0], Math.Round(sorted.Average(), 4), Percentile(50), Percentile(90), Percentile(99), sorted[^1]);
    }
}

using NanoDet.Core.Detections;
using NanoDet.Detection;
using NanoDet.Imaging;

namespace NanoDet.Tool.Measuring;

/// <summary>Repeats detection in one image, and measures the time of each step.</summary>
internal static class LatencyMeasurement
{
    /// <summary>Measures.</summary>
    /// <param name="detector">The model.</param>
    /// <param name="image">The decoded image.</param>
    /// <param name="warmup">The number of detections before the measurement, because the first ones allocate and compile.</param>
    /// <param name="loops">The number of measured detections.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static LatencyReport Run(Detector detector, PixelImage image, int warmup, int loops, CancellationToken cancellation)
    {
        var found = new DetectedObject[detector.Metadata.MaxDetections];
        var times = new StageTimes[loops];
        for (var i = -warmup; i < loops; i++)
        {
            detector.Detect(image, found, out var time, cancellation);
            if (i >= 0)
            {
                times[i] = time;
            }
        }

        var total = LatencySpread.Of(times.Select(time => time.Total));
        return new(
            image.Width, image.Height, detector.Metadata.InputWidth, detector.Metadata.InputHeight, loops, Math.Round(1000 / total.Mean, 2),
            LatencySpread.Of(times.Select(time => time.Prepare)),
            LatencySpread.Of(times.Select(time => time.Run)),
            LatencySpread.Of(times.Select(time => time.Decode)),
            total);
    }
}

using NanoDet.Core.Detections;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Benchmarks;

/// <summary>
/// What preparing, decoding and suppression cost beside the network itself, on decoded pictures and the official
/// NanoDet-Plus-m 416, and what a picture allocates.
/// </summary>
internal static class DetectBenchmark
{
    private const int WarmUp = 8;
    private const int Rounds = 100;

    public static int Run()
    {
        PixelImage[] pictures = [.. Directory.EnumerateFiles(SharedData.Path("media"), "*.jpg").Order(StringComparer.Ordinal).Select(path => ImageDecoder.Load(path))];
        foreach (var threads in (int[])[1, 2])
        {
            using var detector = Detector.Load(SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { Threads = threads });
            Measure(detector, pictures, $"{threads} thread{(threads > 1 ? "s" : "")}, score {detector.Metadata.ScoreThreshold}");
            using var all = Detector.Load(
                SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { Threads = threads, ScoreThreshold = 0.05 });
            Measure(all, pictures, $"{threads} thread{(threads > 1 ? "s" : "")}, score 0.05");
        }

        return 0;
    }

    private static void Measure(Detector detector, PixelImage[] pictures, string name)
    {
        var buffer = new DetectedObject[detector.Metadata.MaxDetections];
        var times = new List<StageTimes>(pictures.Length * Rounds);
        long allocated = 0;
        for (var round = -WarmUp; round < Rounds; round++)
        {
            foreach (var picture in pictures)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                detector.Detect(picture, buffer, out var stages, CancellationToken.None);
                if (round >= 0)
                {
                    allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                    times.Add(stages);
                }
            }
        }

        var (prepare, run, decode) = (Median(stages => stages.Prepare), Median(stages => stages.Run), Median(stages => stages.Decode));
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-24} prepare {prepare:F2} ms  network {run:F2} ms  decode {decode:F2} ms  around the network {(prepare + decode) / run:P1}  allocated {allocated / (Rounds * pictures.Length)} B a picture"));

        double Median(Func<StageTimes, TimeSpan> stage) => times.Select(entry => stage(entry).TotalMilliseconds).Order().ElementAt(times.Count / 2);
    }
}

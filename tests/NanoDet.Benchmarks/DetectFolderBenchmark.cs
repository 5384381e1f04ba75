using System.Diagnostics;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Testing;

namespace NanoDet.Benchmarks;

/// <summary>
/// A folder of a thousand pictures: decoding alone, the network alone, and both through <c>DetectAsync</c>. One thread
/// for the network, so that on two cores there is one for decoding.
/// </summary>
internal static class DetectFolderBenchmark
{
    private const int Pictures = 1_000;
    private const int Rounds = 3;

    public static async Task<int> RunAsync()
    {
        string[] files = [.. Directory.EnumerateFiles(SharedData.Path("datasets/bccd/JPEGImages"), "*.jpg").Order(StringComparer.Ordinal)];
        string[] paths = [.. Enumerable.Range(0, Pictures).Select(i => files[i % files.Length])];
        PixelImage[] decoded = [.. files.Take(50).Select(path => ImageDecoder.Load(path))];
        using var detector = Detector.Load(
            SharedData.Path("models/nanodet-plus-m_416.onnx"), new DetectorOptions { Threads = Math.Max(1, Environment.ProcessorCount - 1) });
        var (decoding, network, both) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            decoding.Add(Time(() =>
            {
                foreach (var path in paths)
                {
                    ImageDecoder.Load(path);
                }
            }));
            network.Add(Time(() =>
            {
                for (var i = 0; i < paths.Length; i++)
                {
                    detector.Detect(decoded[i % decoded.Length]);
                }
            }));

            var start = Stopwatch.GetTimestamp();
            await foreach (var result in detector.DetectAsync(paths))
            {
                if (result.Image is null)
                {
                    throw new InvalidOperationException($"{result.Source}: {result.Problem}");
                }
            }

            both.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var (a, b, c) = (decoding.Order().ElementAt(Rounds / 2), network.Order().ElementAt(Rounds / 2), both.Order().ElementAt(Rounds / 2));
        Console.WriteLine(FormattableString.Invariant(
            $"decoding alone {Pictures / a:F1}/s, network alone {Pictures / b:F1}/s, together {Pictures / c:F1}/s: {Math.Max(a, b) / c:P1} of the slower"));
        return 0;
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

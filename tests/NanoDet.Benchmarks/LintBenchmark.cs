using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Testing;
using NanoDet.Training.Loop;
using NanoDet.Training.Native;
using NanoDet.Worker.Linting;

namespace NanoDet.Benchmarks;

/// <summary>
/// How many errors that were planted in the labels of BCCD are found by two models that saw half of the images each, how many of the
/// findings are planted errors, and how long that takes, compared with a training of all images.
/// </summary>
internal static class LintBenchmark
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = false };

    public static async Task<int> RunAsync(string side, string epochs, string output, string seed)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        var folder = SharedData.Path("datasets/bccd");
        var right = ReferenceDataset.Bccd(folder, "trainval", "test");
        right = right with { Images = [.. right.Images.Select(image => image with { Part = DatasetPart.Train }).OrderBy(image => image.Path, StringComparer.Ordinal)] };
        var planted = PlantedErrors.Plant(right, long.Parse(seed, CultureInfo.InvariantCulture));
        Directory.CreateDirectory(output);
        await File.WriteAllBytesAsync(Path.Combine(output, "right.json"), DatasetFile.ToJson(right));
        await File.WriteAllBytesAsync(Path.Combine(output, "planted.json"), DatasetFile.ToJson(planted.Dataset));
        await File.WriteAllBytesAsync(Path.Combine(output, "errors.json"), JsonSerializer.SerializeToUtf8Bytes(planted.Errors));
        var run = new TrainingRun
        {
            Configuration = Configuration(planted.Dataset, side, epochs),
            Dataset = planted.Dataset,
            ImageFolder = folder,
            OutputFolder = output,
            Threads = 2,
        };
        var detections = await RememberAsync(Path.Combine(output, "detections.json"), () => new FoldDetection(run, WriteLine).RunAsync());
        Console.WriteLine($"{detections.Value.Length} detections in {detections.Seconds:F0} s");
        return 0;
    }

    private static void WriteLine(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {line}"));

    // What a project with the preset and the published weights trains.
    private static NanoDetConfiguration Configuration(Dataset dataset, string side, string epochs)
        => EffectiveConfiguration.OfPreset("nanodet-plus-m_320", dataset.Classes, dataset.Images.Length, new ConfigurationOverrides
        {
            Epochs = int.Parse(epochs, CultureInfo.InvariantCulture),
            InputSize = InputSize.TryParse(side),
            Pretrained = SharedData.Path("models/nanodet-plus-m_416.pth"),
        }).Configuration!;

    // Trainings take minutes, and thresholds are compared many times.
    private static async Task<Timed<T>> RememberAsync<T>(string path, Func<Task<T>> make)
    {
        if (!File.Exists(path))
        {
            var start = Stopwatch.GetTimestamp();
            var value = await make();
            await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(new Timed<T>(value, Stopwatch.GetElapsedTime(start).TotalSeconds), Json));
        }

        return JsonSerializer.Deserialize<Timed<T>>(await File.ReadAllBytesAsync(path), Json)!;
    }

    private sealed record Timed<T>(T Value, double Seconds);
}

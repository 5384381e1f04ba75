using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Linting;
using NanoDet.Testing;
using NanoDet.Training.Loop;
using NanoDet.Training.Native;
using NanoDet.Vision.Findings;

namespace NanoDet.Benchmarks;

/// <summary>
/// How many errors that were planted in the labels of a data set are found by two models that saw half of the images each, how many of the
/// findings are planted errors, and how long the trainings take compared with one of all images.
/// </summary>
internal static class LintBenchmark
{
    public static async Task<int> RunAsync(string set, string side, string epochs, string output, string seed)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        var (folder, right) = Labelled(set);
        var planted = PlantedErrors.Plant(right, long.Parse(seed, CultureInfo.InvariantCulture));
        var run = new TrainingRun
        {
            Configuration = Configuration(planted.Dataset, side, epochs),
            Dataset = planted.Dataset,
            ImageFolder = folder,
            OutputFolder = output,
            Threads = 2,
        };
        var detections = new List<EvaluationDetection>();
        var seconds = 0.0;
        for (var fold = 0; fold < Folds.Count; fold++)
        {
            var found = await RememberAsync(Path.Combine(output, $"detections{fold + 1}.json"), () => new FoldDetection(run, WriteLine).RunAsync(fold));
            detections.AddRange(found.Value);
            seconds += found.Seconds;

            // The first half alone shows what to expect.
            (int Index, DatasetImage Image)[] images = [.. planted.Dataset.Images.Index().Where(entry => Folds.Of(entry.Item) <= fold)];
            var clock = Stopwatch.StartNew();
            var (findings, recall) = LabelLint.Run(planted.Dataset.Classes.Length, images, detections, LintOptions.Default);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{images.Length} images, {detections.Count} detections in {seconds:F0} s of the processors, compared in {clock.Elapsed.TotalSeconds:F2} s"));
            PlantedReport.Print([.. planted.Errors.Where(error => Array.Exists(images, entry => entry.Index == error.Image))], findings);
            Console.WriteLine($"reckoned without knowing the errors: {recall.Words}");
        }

        WritePublished(right, folder, detections, Path.Combine(output, "published.html"));
        return 0;
    }

    // What the same models find in the labels as they were published, for a person to judge.
    private static void WritePublished(Dataset dataset, string folder, List<EvaluationDetection> detections, string output)
    {
        var (findings, recall) = LabelLint.Run(dataset.Classes.Length, [.. dataset.Images.Index()], detections, LintOptions.Default);
        var told = findings.Select(finding => ToldFinding.Of(
            finding, dataset.Images[finding.Image], dataset.Classes, new SourceLocation(Path.ChangeExtension(dataset.Images[finding.Image].Path, ".xml"))));
        new FindingsPage("Labels as published", [.. told], dataset.Images, dataset.Classes)
        {
            FileOf = image => Path.Combine(folder, image.Path),
            Command = "nanodet lint MODEL LABELS",
            CommandPlace = "To correct a copy of the labels:",
            Recall = recall,
        }.Write(output, CancellationToken.None);
        Console.WriteLine($"{findings.Length} findings in the labels as published: {output}");
    }

    /// <summary>The time of a training of all images, to compare with.</summary>
    public static int RunWhole(string set, string side, string epochs, string output)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        var (folder, dataset) = Labelled(set);
        var start = ProcessorSeconds;
        new Trainer(
            new TrainingRun { Configuration = Configuration(dataset, side, epochs), Dataset = dataset, ImageFolder = folder, OutputFolder = output, Threads = 2 },
            WriteLine, Console.WriteLine).Train(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ProcessorSeconds - start:F0} s of the processors"));
        return 0;
    }

    // All images of a set, as images that are learnt from.
    private static (string Folder, Dataset Dataset) Labelled(string set)
    {
        if (set == "bccd")
        {
            var bccd = SharedData.Path("datasets/bccd");
            var dataset = ReferenceDataset.Bccd(bccd);
            return (bccd, dataset with { Images = [.. dataset.Images.Select(image => image with { Part = DatasetPart.Train }).OrderBy(image => image.Path, StringComparer.Ordinal)] });
        }

        if (set == "sample")
        {
            var images = Path.Combine(Repository.Root, "sample-project", "images");
            return (images, ReferenceDataset.Voc(images, Path.Combine(Repository.Root, "sample-project", "annotations")));
        }

        var folder = SharedData.Path($"datasets/{set}/images");
        return (folder, ReferenceDataset.Voc(folder, folder));
    }

    // Another program on the machine changes the time on the clock and not this one.
    private static double ProcessorSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;

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
            var start = ProcessorSeconds;
            var value = await make();
            await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(new Timed<T>(value, ProcessorSeconds - start)));
        }

        return JsonSerializer.Deserialize<Timed<T>>(await File.ReadAllBytesAsync(path))!;
    }

    private sealed record Timed<T>(T Value, double Seconds);
}

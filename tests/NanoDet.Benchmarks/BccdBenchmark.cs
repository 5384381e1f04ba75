using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Testing;
using NanoDet.Training.Loop;
using NanoDet.Training.Native;
using NanoDet.Training.Weights;

namespace NanoDet.Benchmarks;

/// <summary>
/// The reference training: NanoDet-Plus-m at 320x320 on BCCD, backbone from published weights, 30 epochs of batch 16. The third
/// option is the precision of the forward pass (Single, BFloat16), and the fourth the seed. Prints the original's figures beside ours.
/// </summary>
internal static class BccdBenchmark
{
    private static readonly Dictionary<int, (double AP, double AP50)> Original = new()
    {
        [5] = (0.340, 0.556),
        [10] = (0.461, 0.776),
        [15] = (0.523, 0.864),
        [20] = (0.562, 0.879),
        [25] = (0.566, 0.856),
        [30] = (0.576, 0.862),
    };

    public static int Run(string[] options)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        var epochs = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 30;
        var output = options.Length > 1 ? options[1] : Path.Combine(Path.GetTempPath(), "nanodet-bccd");
        var precision = options.Length > 2 ? Enum.Parse<TrainingPrecision>(options[2]) : TrainingPrecision.Single;
        var seed = options.Length > 3 ? int.Parse(options[3], CultureInfo.InvariantCulture) : 0;
        var folder = SharedData.Path("datasets/bccd");
        var dataset = ReferenceDataset.Bccd(folder);
        var configuration = ReferenceDataset.BccdConfiguration(dataset);
        var run = new TrainingRun
        {
            Configuration = configuration with
            {
                LogInterval = 6,
                Seed = seed,
                Schedule = configuration.Schedule with
                {
                    Warmup = new WarmupConfiguration(WarmupKind.Linear, 50, 1e-4),
                    LearningRate = new CosineAnnealingConfiguration(30, 5e-5),
                    TotalEpochs = epochs,
                    ValidationInterval = 5,
                    LoadModel = Backbone(output),
                },
            },
            Dataset = dataset,
            ImageFolder = folder,
            OutputFolder = output,
            Threads = 2,
            Precision = precision,
        };
        var result = new Trainer(run, line => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {line}")), Console.WriteLine).Train(CancellationToken.None);
        Console.WriteLine($"{result.Ending}, best {result.Best}");
        foreach (var (epoch, (ap, ap50)) in Original)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the original at epoch {epoch}: mAP {ap:F3} AP50 {ap50:F3}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Environment.WorkingSet >> 20} MB now, {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most"));
        return 0;
    }

    /// <summary>The reference began with the backbone of the published weights alone.</summary>
    private static string Backbone(string folder)
    {
        var published = WeightFile.Read(SharedData.Path("models/nanodet_m.pth"));
        var path = Path.Combine(folder, "backbone.safetensors");
        SafetensorsWriter.Write(path, published with
        {
            Tensors = new(published.Tensors.Where(tensor => tensor.Key.StartsWith("backbone.", StringComparison.Ordinal))),
        });
        return path;
    }
}

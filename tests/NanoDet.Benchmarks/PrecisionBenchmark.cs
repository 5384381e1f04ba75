using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>A training step in each precision, with the guidance module and without, in turns: forward, loss, backward, clipping and AdamW.</summary>
internal static class PrecisionBenchmark
{
    private const int Batch = 16;

    public static int Run(string preset)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        LibTorch.Load();
        set_num_threads(Environment.ProcessorCount);
        var configuration = Preset.Create(preset, ["a", "b", "c"]) ?? throw new ArgumentException($"'{preset}' is no preset", nameof(preset));
        using var network = NetworkFactory.Create(configuration.Model with { GuidanceEpochs = 1 }, seed: 1);
        using var optimizer = optim.AdamW(network.parameters(), lr: 1e-4, weight_decay: 0.05);
        using var pictures = randn(Batch, 3, configuration.Train.Height, configuration.Train.Width);
        network.train();

        var measurement = new Measurement("image", Batch, rounds: 5);
        foreach (var precision in Enum.GetValues<TrainingPrecision>())
        {
            measurement.Add($"{precision}", () => Step(network, precision, optimizer, pictures, epoch: 0));
            measurement.Add($"{precision}, no guidance module", () => Step(network, precision, optimizer, pictures, epoch: 1));
        }

        Console.WriteLine(Processor.Name);
        measurement.Print();
        return 0;
    }

    private static void Step(DetectionNetwork network, TrainingPrecision precision, optim.Optimizer optimizer, Tensor pictures, int epoch)
    {
        ImmutableArray<DatasetObject>[] objects = [.. Enumerable.Range(0, Batch).Select(i => ImmutableArray.Create(new DatasetObject(i % 3, new(10 + i, 20, 70 + i, 90))))];
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        network.Precision = precision;
        network.zero_grad();
        using var loss = network.Loss(pictures, objects, epoch);
        loss.Backward();
        nn.utils.clip_grad_norm_(network.parameters(), 35);
        optimizer.step();
    }
}

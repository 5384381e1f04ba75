using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Optimization;
using static TorchSharp.torch;
using Optimizer = NanoDet.Training.Optimization.Optimizer;

namespace NanoDet.Benchmarks;

/// <summary>A training step in each precision, with the guidance module and without, in turns: forward, loss, backward, clipping and AdamW, as a training does them.</summary>
internal static class PrecisionBenchmark
{
    private const int Batch = 16;

    public static int Run(string preset, params IReadOnlyList<TrainingPrecision> precisions)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        LibTorch.Load();
        set_num_threads(Environment.ProcessorCount);
        var configuration = Preset.Create(preset, ["a", "b", "c"]) ?? throw new ArgumentException($"'{preset}' is no preset", nameof(preset));
        using var network = NetworkFactory.Create(configuration.Model with { GuidanceEpochs = 1 }, seed: 1);
        using var weights = new FlatModule(network, ParameterSetting.Of(network, configuration.Schedule.Optimizer));
        using var optimizer = Optimizer.Create(configuration.Schedule.Optimizer, weights);
        using var pictures = randn(Batch, 3, configuration.Train.Height, configuration.Train.Width);
        network.train();

        var measurement = new Measurement("image", Batch, rounds: 5);
        foreach (var precision in precisions)
        {
            measurement.Add($"{precision}", () => Step(network, precision, optimizer, pictures, epoch: 0));
            measurement.Add($"{precision}, no guidance module", () => Step(network, precision, optimizer, pictures, epoch: 1));
        }

        Console.WriteLine(Processor.Name);
        measurement.Print();
        return 0;
    }

    private static void Step(DetectionNetwork network, TrainingPrecision precision, Optimizer optimizer, Tensor pictures, int epoch)
    {
        ImmutableArray<DatasetObject>[] objects = [.. Enumerable.Range(0, Batch).Select(i => ImmutableArray.Create(new DatasetObject(i % 3, new(10 + i, 20, 70 + i, 90))))];
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        network.Precision = precision;
        optimizer.ClearGradients();
        using var loss = network.Loss(pictures, objects, epoch);
        loss.Backward();
        optimizer.ScaleGradients(Math.Min(1, 35 / optimizer.GradientNorm().item<float>()));
        optimizer.Step(0, _ => 1e-4);
    }
}

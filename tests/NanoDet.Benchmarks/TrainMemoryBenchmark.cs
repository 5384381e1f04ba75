using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Optimization;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>
/// What training steps of a preset, or of a configuration file, take of the machine: peak memory, and processor time in the program and in the system, which
/// other programs disturb less than time on the clock. With <c>untuned</c>, without <see cref="AllocatorTuning"/>.
/// </summary>
internal static class TrainMemoryBenchmark
{
    private const int Steps = 6;

    public static int Run(string preset, string batchText, bool isTuned)
    {
        if (isTuned)
        {
            AllocatorTuning.Apply();
        }

        LibTorch.Load();
        set_num_threads(Environment.ProcessorCount);
        var batch = int.Parse(batchText, CultureInfo.InvariantCulture);
        var configuration = Preset.Create(preset, ["a", "b", "c"]) ?? ConfigurationFile.Read(preset).Configuration!;
        var (width, height) = (configuration.Train.Width, configuration.Train.Height);
        using var network = NetworkFactory.Create(configuration.Model, seed: 1);
        using var weights = new FlatModule(network, ParameterSetting.Of(network, configuration.Schedule.Optimizer));
        using var optimizer = Optimizer.Create(configuration.Schedule.Optimizer, weights);
        using var pictures = arange(batch * 3L * width * height).reshape(batch, 3, height, width).sin();
        ImmutableArray<DatasetObject>[] objects = [.. Enumerable.Repeat(Objects(width, height), batch)];
        network.train();
        Step(0);

        using var process = Process.GetCurrentProcess();
        var (clock, user, system) = (Stopwatch.StartNew(), process.UserProcessorTime, process.PrivilegedProcessorTime);
        for (var step = 1; step <= Steps; step++)
        {
            Step(step);
        }

        process.Refresh();
        Console.WriteLine(FormattableString.Invariant(
            $"{preset} {width}x{height}, batch {batch}, tuned {isTuned}: peak {process.PeakWorkingSet64 / 1e6:F0} MB; a step takes {clock.Elapsed.TotalSeconds / Steps:F2} s, of processors {(process.UserProcessorTime - user).TotalSeconds / Steps:F2} s in the program and {(process.PrivilegedProcessorTime - system).TotalSeconds / Steps:F2} s in the system"));
        return 0;

        void Step(long step)
        {
            using var pause = new FinalizerPause();
            using var scope = NewDisposeScope();
            optimizer.ClearGradients();
            using var loss = network.Loss(pictures, objects, epoch: 0);
            loss.Backward();
            _ = optimizer.GradientNorm().item<float>();
            optimizer.Step(step, _ => 1e-4);
        }
    }

    /// <summary>Thirteen objects, as pictures of BCCD have.</summary>
    private static ImmutableArray<DatasetObject> Objects(int width, int height) => [.. Enumerable.Range(0, 13)
        .Select(i => (X: i * 61 % (width - 60), Y: i * 97 % (height - 60), Size: 20 + (i * 7 % 40), Label: i % 3))
        .Select(item => new DatasetObject(item.Label, new(item.X, item.Y, item.X + item.Size, item.Y + item.Size)))];
}

using System.Collections.Immutable;
using System.Diagnostics;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Training.Losses;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>
/// A training step of NanoDet-Plus-m 320, batch 16, on as many threads as there are cores. The yardstick is what no
/// implementation can leave out: the 3x3 convolutions of the auxiliary head, six sevenths of all the arithmetic.
/// </summary>
internal static class TrainStepBenchmark
{
    private const int Batch = 16;
    private const int Side = 320;

    public static int Run()
    {
        AllocatorTuning.Apply();
        LibTorch.Load();
        set_num_threads(Environment.ProcessorCount);
        using var network = (NanoDetPlus)NetworkFactory.Create(Preset.Create("nanodet-plus-m_320", ["a", "b", "c"])!.Model, seed: 1);
        using var optimizer = optim.AdamW(network.parameters(), lr: 1e-4, weight_decay: 0.05);
        using var pictures = arange(Batch * 3 * Side * Side).reshape(Batch, 3, Side, Side).sin();
        using var maps = new Maps();
        var objects = Objects();
        network.train();

        var measurement = new Measurement("image", Batch, rounds: 5);
        measurement.Add("yardstick: eight 3x3 convolutions, forward and backward", () => Convolve(network, maps));
        measurement.Add("forward and loss", () => Step(network, pictures, objects, _ => { }));
        measurement.Add("forward, loss, backward", () => Step(network, pictures, objects, loss => loss.Backward()));
        measurement.Add("whole step: and clip, AdamW", () => Step(network, pictures, objects, loss =>
        {
            loss.Backward();
            nn.utils.clip_grad_norm_(network.parameters(), 35);
            optimizer.step();
        }));
        measurement.Print();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant($"peak resident memory {process.PeakWorkingSet64 / 1e9:F2} GB"));
        return 0;
    }

    private static void Step(NanoDetPlus network, Tensor pictures, ImmutableArray<DatasetObject>[] objects, Action<TrainingLoss> learn)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        network.zero_grad();
        using var loss = network.Loss(pictures, objects, epoch: 0);
        learn(loss);
    }

    private static void Convolve(NanoDetPlus network, Maps maps)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        network.zero_grad();
        foreach (var map in maps.Levels)
        {
            foreach (var convolution in network.AuxiliaryHead.ClsConvs.Concat(network.AuxiliaryHead.RegConvs))
            {
                var output = convolution.Convolution.call(map);
                output.backward([output.detach()]);
            }
        }
    }

    /// <summary>Thirteen objects a picture, as BCCD has, spread without chance.</summary>
    private static ImmutableArray<DatasetObject>[] Objects() => [.. Enumerable.Range(0, Batch).Select(image => Enumerable.Range(0, 13)
        .Select(i => ((image * 13) + i, i % 3))
        .Select(item => (X: item.Item1 * 61 % 260, Y: item.Item1 * 97 % 260, Size: 20 + (item.Item1 * 7 % 40), Label: item.Item2))
        .Select(item => new DatasetObject(item.Label, new(item.X, item.Y, item.X + item.Size, item.Y + item.Size)))
        .ToImmutableArray())];

    private sealed class Maps : IDisposable
    {
        public ImmutableArray<Tensor> Levels { get; } = [.. new[] { 8, 16, 32, 64 }.Select(stride =>
            ones(Batch, 192, Side / stride, Side / stride).requires_grad_())];

        public void Dispose()
        {
            foreach (var level in Levels)
            {
                level.Dispose();
            }
        }
    }
}

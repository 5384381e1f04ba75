using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using NanoDet.Training.Optimization;
using static TorchSharp.torch;
using Optimizer = NanoDet.Training.Optimization.Optimizer;

namespace NanoDet.Benchmarks;

/// <summary>
/// Training steps of NanoDet-Plus-m 320 with the tensors of the network in a few pieces of memory, in turns with the same steps tensor
/// by tensor: what is done with the weights alone (copy of statistics, zeroing, clipping, AdamW, moving average), and whole steps.
/// </summary>
internal static class OptimizerBenchmark
{
    private const int Side = 320;
    private const double Clip = 35;
    private const double Rate = 1e-4;

    public static int Run(string batchText)
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        LibTorch.Load();
        Denormals.FlushToZero();
        set_num_threads(Environment.ProcessorCount);
        var batch = int.Parse(batchText, CultureInfo.InvariantCulture);
        var preset = Preset.Create("nanodet-plus-m_320", ["a", "b", "c"])!;
        using var pictures = arange(batch * 3 * Side * Side).reshape(batch, 3, Side, Side).sin();
        ImmutableArray<DatasetObject>[] objects = [.. Enumerable.Range(0, batch).Select(i => ImmutableArray.Create(
            new DatasetObject(i % 3, new(10 + i, 20, 70 + i, 90)), new DatasetObject((i + 1) % 3, new(120, 100 + i, 220, 250 + i))))];
        var step = 0L;

        using var scattered = NetworkFactory.Create(preset.Model, seed: 1);
        using var perTensor = new PerTensorUpdate(scattered, preset.Model, (AdamWConfiguration)preset.Schedule.Optimizer);
        using var network = NetworkFactory.Create(preset.Model, seed: 1);
        using var weights = new FlatModule(network, ParameterSetting.Of(network, preset.Schedule.Optimizer));
        using var optimizer = Optimizer.Create(preset.Schedule.Optimizer, weights);
        using var average = new MovingAverage<DetectionNetwork>(weights, NetworkFactory.Create(preset.Model, seed: 1), preset.Model.MovingAverageDecay!.Value, 2000);
        using var tensors = new TrainingTensors(weights, average.Module, optimizer);

        // Time of the processors, because a step is long, and other programs disturb it less than time on the clock.
        var whole = new Measurement("step", 1, rounds: 9);
        whole.Add("whole step, tensor by tensor, processor time", () => ProcessorTime(() => ByTensor(withNetwork: true)));
        whole.Add("whole step, flat, processor time", () => ProcessorTime(() => Flat(withNetwork: true)));
        whole.Print();
        var weightsOnly = new Measurement("step", 1, rounds: 51);
        weightsOnly.Add("weights alone, tensor by tensor", () => ByTensor(withNetwork: false));
        weightsOnly.Add("weights alone, flat", () => Flat(withNetwork: false));
        weightsOnly.Print();
        return 0;

        static TimeSpan ProcessorTime(Action run)
        {
            var start = Environment.CpuUsage.TotalTime;
            run();
            return Environment.CpuUsage.TotalTime - start;
        }

        void ByTensor(bool withNetwork)
        {
            using var pause = new FinalizerPause();
            using var scope = NewDisposeScope();
            perTensor.Begin();
            if (withNetwork)
            {
                using var loss = scattered.Loss(pictures, objects, epoch: 0);
                _ = loss.Parts;
                loss.Backward();
            }

            perTensor.Clip(Clip);
            perTensor.Update(step++, Rate);
        }

        void Flat(bool withNetwork)
        {
            using var pause = new FinalizerPause();
            using var scope = NewDisposeScope();
            tensors.CopyBuffers();
            optimizer.ClearGradients();
            if (withNetwork)
            {
                using var loss = network.Loss(pictures, objects, epoch: 0);
                loss.Backward();
                _ = loss.Parts;
            }

            // Neither way saves itself the multiplication where the gradients are within the limit.
            optimizer.ScaleGradients(Math.Min(1, Clip / optimizer.GradientNorm().item<float>()));
            optimizer.Step(step, _ => Rate);
            average.Update(step++);
        }
    }
}

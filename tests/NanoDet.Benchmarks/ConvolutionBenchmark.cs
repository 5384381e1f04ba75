using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Winograd;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>A 3x3 convolution of the guidance module on 16 maps of each of its sizes, forward and backward: direct, and Winograd's.</summary>
internal static class ConvolutionBenchmark
{
    private const int Batch = 16;
    private const int Channels = 192;

    public static int Run()
    {
        AllocatorTuning.Apply();
        ThreadWaiting.Apply();
        LibTorch.Load();
        set_num_threads(Environment.ProcessorCount);
        using var weight = (randn(Channels, Channels, 3, 3) * 0.02).requires_grad_();
        Console.WriteLine(Processor.Name);
        foreach (var side in new[] { 52, 40, 26, 20, 10 })
        {
            using var maps = randn(Batch, side, side, Channels).permute(0, 3, 1, 2).requires_grad_();
            using var gradient = randn(Batch, side, side, Channels).permute(0, 3, 1, 2);
            var measurement = new Measurement("map", Batch, rounds: 7);
            measurement.Add($"{side}x{side}, direct", () => Run(gradient, _ => nn.functional.conv2d(maps, weight, padding: [1, 1])));
            measurement.Add($"{side}x{side}, Winograd", () => Run(gradient, tape => WinogradConvolution.Record(maps, weight, tape)));
            measurement.Print();
        }

        return 0;
    }

    private static void Run(Tensor gradient, Func<GradientTape, Tensor> convolve)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        convolve(tape).backward([gradient]);
        tape.Backward();
    }
}

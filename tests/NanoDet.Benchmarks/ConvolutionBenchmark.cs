using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Winograd;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>A 3x3 convolution of the guidance module on 16 maps of each of its sizes, forward and backward, in each precision: direct, and Winograd's.</summary>
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
        foreach (var side in new[] { 52, 40, 26, 20, 13 })
        {
            using var maps = randn(Batch, side, side, Channels).permute(0, 3, 1, 2).requires_grad_();
            using var gradient = randn(Batch, side, side, Channels).permute(0, 3, 1, 2);
            var measurement = new Measurement("map", Batch, rounds: 15);
            foreach (var precision in Enum.GetValues<TrainingPrecision>())
            {
                measurement.Add($"{side}x{side}, {precision}, direct", () => Run(precision, gradient, _ => nn.functional.conv2d(maps, weight, padding: [1, 1])));
                measurement.Add($"{side}x{side}, {precision}, Winograd", () => Run(precision, gradient, tape => WinogradConvolution.Record(maps, weight, tape)));
            }

            measurement.Print();
        }

        return 0;
    }

    private static void Run(TrainingPrecision precision, Tensor gradient, Func<GradientTape, Tensor> convolve)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        Tensor output;
        using (Autocast.Begin(precision, gradient.device_type))
        {
            output = convolve(tape);
        }

        output.backward([gradient.to(output.dtype)]);
        tape.Backward();
    }
}

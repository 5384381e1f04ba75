using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using NanoDet.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Models.Layers;

public class BatchNormActivationTests
{
    public BatchNormActivationTests() => LibTorch.Load();

    [Theory]
    [InlineData(3, 48, 40, 40, 0.1, MemoryOrder.ChannelsLast)]
    [InlineData(2, 16, 5, 7, 0, MemoryOrder.ChannelsLast)]
    [InlineData(4, 32, 1, 3, 1, MemoryOrder.ChannelsLast)]
    [InlineData(3, 58, 40, 40, 0.1, MemoryOrder.Planar)]
    [InlineData(2, 3, 5, 5, 0, MemoryOrder.Planar)]
    [InlineData(5, 5, 1, 1, 1, MemoryOrder.Planar)]
    [InlineData(1, 7, 9, 13, 1, MemoryOrder.Planar)]
    public void Values_gradients_and_running_statistics_are_those_of_the_layers_in_double_precision(
        int images, int channels, int height, int width, double slope, MemoryOrder order)
    {
        using var scope = NewDisposeScope();
        var (norm, maps, gradient) = Sample(images, channels, height, width, order);
        var (mean, variance) = (norm.running_mean!.to(float64), norm.running_var!.to(float64));

        var (output, gradients) = Run(norm, maps, gradient, slope);

        var (exactMaps, exactWeight, exactBias) = (Exact(maps), Exact(norm.weight!), Exact(norm.bias!));
        var exact = nn.functional.leaky_relu(
            nn.functional.batch_norm(exactMaps, mean, variance, exactWeight, exactBias, training: true, momentum: 0.1, eps: norm.eps), slope);
        exact.backward([gradient.to(float64)]);
        Close(exact, output);
        Close(exactMaps.grad!, gradients);
        Close(exactWeight.grad!, norm.weight!.grad!);
        Close(exactBias.grad!, norm.bias!.grad!);
        Close(mean, norm.running_mean!);
        Close(variance, norm.running_var!);
        Assert.Equal(1, norm.num_batches_tracked!.item<long>());
        Assert.Equal(maps.stride(), output.stride());
    }

    [Theory]
    [InlineData(MemoryOrder.ChannelsLast)]
    [InlineData(MemoryOrder.Planar)]
    public void Values_far_from_zero_lose_nothing(MemoryOrder order)
    {
        using var scope = NewDisposeScope();
        var (norm, maps, gradient) = Sample(4, 16, 20, 20, order);
        maps = maps + 3000;

        var (output, gradients) = Run(norm, maps, gradient, 1);

        var (exactMaps, exactWeight) = (Exact(maps), Exact(norm.weight!));
        var exact = nn.functional.batch_norm(exactMaps, null, null, exactWeight, Exact(norm.bias!), training: true, momentum: 0.1, eps: norm.eps);
        exact.backward([gradient.to(float64)]);
        Close(exact, output, 2e-3); // a value of 3000 has thirteen bits behind the point
        Close(exactMaps.grad!, gradients, 2e-3);
        Close(exactWeight.grad!, norm.weight!.grad!, 1e-4);
        Close(exactMaps.detach().var([0, 2, 3], unbiased: true), (norm.running_var! - 0.9) * 10, 1e-4);
    }

    [Theory]
    [InlineData(MemoryOrder.ChannelsLast, false)]
    [InlineData(MemoryOrder.Planar, false)]
    [InlineData(MemoryOrder.ChannelsLast, true)]
    [InlineData(MemoryOrder.Planar, true)]
    public void In_mixed_precision_maps_come_out_in_bf16_as_those_in_single_precision_do_rounded_to_the_nearest(MemoryOrder order, bool takesSingle)
    {
        using var scope = NewDisposeScope();
        var (norm, maps, gradient) = Sample(2, 16, 7, 9, order);
        var (rounded, roundedGradient) = (maps.to(bfloat16), gradient.to(bfloat16));
        rounded = takesSingle ? rounded.to(float32) : rounded;

        Tensor output, gradients;
        using (Autocast.Begin(TrainingPrecision.BFloat16, DeviceType.CPU))
        {
            (output, gradients) = Run(norm, rounded, roundedGradient, 0.1);
        }

        var weightGradient = norm.weight!.grad!.clone();
        norm.zero_grad();
        var (expected, expectedGradients) = Run(norm, rounded.to(float32), roundedGradient.to(float32), 0.1);
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        Assert.Equal(rounded.dtype, gradients.dtype);
        Assert.True(output.equal(expected.to(bfloat16)).all().item<bool>());
        Assert.True(gradients.equal(expectedGradients.to(rounded.dtype)).all().item<bool>());
        Assert.True(weightGradient.equal(norm.weight!.grad!).all().item<bool>());
    }

    [Fact]
    public void A_gradient_may_lie_in_memory_as_it_likes()
    {
        using var scope = NewDisposeScope();
        var (norm, maps, gradient) = Sample(2, 16, 7, 9, MemoryOrder.ChannelsLast);
        var (_, expected) = Run(norm, maps, gradient, 0.1);

        var (_, planar) = Run(norm, maps, gradient.contiguous(), 0.1);
        var (_, slice) = Run(norm, maps, cat([gradient, gradient], 1).narrow(1, 16, 16), 0.1);

        Assert.True(planar.equal(expected).all().item<bool>());
        Assert.True(slice.equal(expected).all().item<bool>());
    }

    [Fact]
    public void A_value_that_is_no_number_leaves_the_other_channels_alone()
    {
        using var scope = NewDisposeScope();
        var (norm, maps, gradient) = Sample(2, 16, 3, 3, MemoryOrder.Planar);
        maps[0, 5, 1, 1] = float.NaN;

        var (output, _) = Run(norm, maps, gradient, 0.1);

        Assert.True(output.narrow(1, 5, 1).isnan().all().item<bool>());
        Assert.False(output.narrow(1, 6, 10).isnan().any().item<bool>());
    }

    [Fact]
    public void What_it_does_not_serve_is_left_to_the_layers()
    {
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        using var listening = tape.Listen();
        var (norm, maps, _) = Sample(2, 16, 7, 9, MemoryOrder.Planar);
        var recorded = 0;
        BatchNormActivation.Recorded = (_, _) => recorded++;
        var leaf = maps.requires_grad_();

        BatchNormActivation.Of(leaf * 1, norm, nn.LeakyReLU(0.1, inplace: true));
        Assert.Equal(1, recorded);
        BatchNormActivation.Of(leaf * 1, norm, nn.SiLU(inplace: true));
        BatchNormActivation.Of(maps.detach(), norm, null);
        var (narrow, of12, _) = Sample(2, 12, 7, 9, MemoryOrder.ChannelsLast);
        BatchNormActivation.Of(of12.requires_grad_() * 1, narrow, null);
        norm.eval();
        BatchNormActivation.Of(leaf * 1, norm, null);
        BatchNormActivation.Recorded = null;

        Assert.Equal(1, recorded);
    }

    private static (Tensor Output, Tensor Gradients) Run(BatchNorm2d norm, Tensor maps, Tensor gradient, double slope)
    {
        using var tape = new GradientTape();
        var leaf = maps.detach().requires_grad_(true);
        var output = BatchNormActivation.Record(leaf.alias(), norm, slope, tape);
        output.backward([gradient]);
        var result = output.detach();
        tape.Backward();
        return (result, leaf.grad!);
    }

    /// <summary>Values some way from zero, so that the variance is a difference of larger sums.</summary>
    private static (BatchNorm2d Norm, Tensor Maps, Tensor Gradient) Sample(int images, int channels, int height, int width, MemoryOrder order)
    {
        var norm = nn.BatchNorm2d(channels);
        using (no_grad())
        {
            norm.weight!.copy_(linspace(0.5, -1.5, channels));
            norm.bias!.copy_(linspace(-0.3, 0.4, channels));
        }

        var values = arange(images * channels * height * width, dtype: float64);
        return (norm, Maps((values * 1.7).sin() + 3), Maps((values * 0.9).cos() + 0.2));

        Tensor Maps(Tensor numbers)
        {
            var maps = numbers.to(float32).reshape(images, channels, height, width);
            return order == MemoryOrder.ChannelsLast ? ChannelsLast.Of(maps) : maps;
        }
    }

    private static Tensor Exact(Tensor value) => value.detach().to(float64).requires_grad_(true);

    private static void Close(Tensor expected, Tensor actual, double tolerance = 1e-5)
    {
        var difference = (expected - actual.to(float64)).abs().max().item<double>() / expected.abs().max().item<double>();
        Assert.InRange(difference, 0, tolerance);
    }
}

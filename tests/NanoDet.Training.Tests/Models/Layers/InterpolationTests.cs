using NanoDet.Training.Models.Layers;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Models.Layers;

public class InterpolationTests
{
    public InterpolationTests() => LibTorch.Load();

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(2, 5, 7)]
    [InlineData(0.5, 6, 8)]
    [InlineData(0.5, 7, 5)]
    public void What_a_card_computes_has_the_values_and_gradients_of_libtorch_s_layer(double factor, int height, int width)
    {
        using var scope = NewDisposeScope();
        var maps = arange(2 * 3 * height * width, dtype: float32).reshape(2, 3, height, width).sin();
        var (expectedMaps, actualMaps) = (maps.clone().requires_grad_(), maps.clone().requires_grad_());
        var layer = nn.Upsample(scale_factor: [factor, factor], mode: UpsampleMode.Bilinear, align_corners: false);

        var expected = layer.call(expectedMaps);
        var actual = factor == 2 ? Interpolation.Double(actualMaps) : Interpolation.Halve(actualMaps);

        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-6f);
        var gradient = arange(expected.numel(), dtype: float32).reshape(expected.shape).cos();
        expected.backward([gradient]);
        actual.backward([gradient]);
        Assert.InRange((expectedMaps.grad! - actualMaps.grad!).abs().max().item<float>(), 0, 1e-5f);
    }
}

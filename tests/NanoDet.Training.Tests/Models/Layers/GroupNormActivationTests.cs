using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using NanoDet.Training.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Models.Layers;

public class GroupNormActivationTests
{
    public GroupNormActivationTests() => LibTorch.Load();

    [Theory]
    [InlineData(3, 192, 40, 40, 0.1)]
    [InlineData(2, 96, 5, 7, 0)]
    [InlineData(1, 32, 13, 1, 1)]
    public void Values_and_gradients_are_those_of_the_layers_in_double_precision(int images, int channels, int height, int width, double slope)
    {
        using var scope = NewDisposeScope();
        var (norm, map, gradient) = Sample(images, channels, height, width);
        map.requires_grad_(true);
        using var tape = new GradientTape();
        var output = GroupNormActivation.Record(map.alias(), norm, slope, tape);
        output.backward([gradient]);
        var result = output.detach();
        tape.Backward();

        var (exactMap, exactWeight, exactBias) = (Exact(map), Exact(norm.weight!), Exact(norm.bias!));
        var exact = nn.functional.leaky_relu(nn.functional.group_norm(exactMap, 32, exactWeight, exactBias), slope);
        exact.backward([gradient.to(float64)]);
        Close(exact, result);
        Close(exactMap.grad!, map.grad!);
        Close(exactWeight.grad!, norm.weight!.grad!);
        Close(exactBias.grad!, norm.bias!.grad!);
    }

    [Fact]
    public void Maps_in_bf16_give_what_the_same_values_give_in_single_precision_rounded_to_the_nearest()
    {
        using var scope = NewDisposeScope();
        var (norm, map, gradient) = Sample(2, 96, 7, 9);
        var (halved, halvedGradient) = (map.to(bfloat16), gradient.to(bfloat16));

        var (output, gradients) = Run(norm, halved, halvedGradient);
        var weightGradient = norm.weight!.grad!.clone();
        norm.zero_grad();
        var (expected, expectedGradients) = Run(norm, halved.to(float32), halvedGradient.to(float32));

        Assert.True(output.equal(expected.to(bfloat16)).all().item<bool>());
        Assert.True(gradients.equal(expectedGradients.to(bfloat16)).all().item<bool>());
        // The slope of an activation decides by the value before it is rounded, so the parameters get the same gradients.
        Assert.True(weightGradient.equal(norm.weight!.grad!).all().item<bool>());
    }

    [Fact]
    public void A_value_of_bf16_that_is_no_number_stays_none()
    {
        using var scope = NewDisposeScope();
        var (norm, map, _) = Sample(1, 32, 3, 3);
        map = map.to(bfloat16);
        map[0, 5, 1, 1] = float.NaN;
        using var tape = new GradientTape();

        var output = GroupNormActivation.Record(map, norm, 0.1, tape);

        Assert.True(output[0, 5].isnan().all().item<bool>());
        Assert.False(output[0, 6].isnan().any().item<bool>());
    }

    [Fact]
    public void Neither_the_other_pictures_nor_the_order_in_memory_change_a_bit()
    {
        using var scope = NewDisposeScope();
        var (norm, map, gradient) = Sample(5, 64, 9, 11);

        var (together, gradients) = Run(norm, map, gradient);
        var (alone, aloneGradients) = Run(norm, ChannelsLast.Of(map[3..4]), ChannelsLast.Of(gradient[3..4]));

        Assert.True(together[3..4].equal(alone).all().item<bool>());
        Assert.True(gradients[3..4].equal(aloneGradients).all().item<bool>());
    }

    private static (Tensor Output, Tensor Gradients) Run(GroupNorm norm, Tensor map, Tensor gradient)
    {
        using var tape = new GradientTape();
        var leaf = map.detach().requires_grad_(true);
        var output = GroupNormActivation.Record(leaf.alias(), norm, 0.1, tape);
        output.backward([gradient]);
        var result = output.detach();
        tape.Backward();
        return (result, leaf.grad!);
    }

    /// <summary>Values far from zero, so that the variance is a small difference of large sums.</summary>
    private static (GroupNorm Norm, Tensor Map, Tensor Gradient) Sample(int images, int channels, int height, int width)
    {
        var norm = nn.GroupNorm(32, channels);
        using (no_grad())
        {
            norm.weight!.copy_(linspace(0.5, -1.5, channels));
            norm.bias!.copy_(linspace(-0.3, 0.4, channels));
        }

        var count = images * channels * height * width;
        var values = arange(count, dtype: float64);
        return (
            norm,
            ((values * 1.7).sin() + 3).to(float32).reshape(images, channels, height, width),
            ((values * 0.9).cos() + 0.2).to(float32).reshape(images, channels, height, width));
    }

    private static Tensor Exact(Tensor value) => value.detach().to(float64).requires_grad_(true);

    private static void Close(Tensor expected, Tensor actual)
    {
        var difference = (expected - actual.to(float64)).abs().max().item<double>() / expected.abs().max().item<double>();
        Assert.InRange(difference, 0, 1e-5);
    }
}

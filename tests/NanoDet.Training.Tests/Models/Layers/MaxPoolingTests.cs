using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Pooling;
using NanoDet.Training.Native;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Models.Layers;

public class MaxPoolingTests
{
    public MaxPoolingTests() => LibTorch.Load();

    [Theory]
    [InlineData(ScalarType.Float32, 3, 5, 40, 48)]
    [InlineData(ScalarType.Float32, 2, 3, 17, 39)]
    [InlineData(ScalarType.Float32, 1, 2, 2, 1)]
    [InlineData(ScalarType.Float32, 1, 1, 1, 2)]
    [InlineData(ScalarType.BFloat16, 3, 5, 40, 48)]
    [InlineData(ScalarType.BFloat16, 2, 3, 17, 39)]
    public void Values_and_gradients_are_the_bits_of_libtorchs_layer(ScalarType type, int pictures, int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        // Whole numbers, so that many are equal, and sums of gradients are exact in any order.
        var maps = randint(-4, 4, [pictures, channels, height, width], dtype: float32, generator: generator).to(type);
        var gradient = randint(-8, 8, [pictures, channels, (height + 1) / 2, (width + 1) / 2], dtype: float32, generator: generator).to(type);

        Same(maps, gradient);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void What_is_no_number_and_what_is_smaller_than_all_numbers_is_found_where_libtorch_finds_it(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var maps = randint(-4, 4, [2, 3, 33, 20], dtype: float32, generator: generator);
        maps[rand([2, 3, 33, 20], generator: generator) < 0.1] = float.NaN;
        maps[rand([2, 3, 33, 20], generator: generator) < 0.1] = float.PositiveInfinity;
        maps[.., 1] = float.NegativeInfinity;

        Same(maps.to(type), ones([2, 3, 17, 10], type));
    }

    [Fact]
    public void Maps_that_need_no_gradient_are_left_to_libtorch()
    {
        using var scope = NewDisposeScope();
        using var tape = new GradientTape();
        using var listening = tape.Listen();

        Assert.False(MaxPooling.Of(nn.MaxPool2d(3, 2, 1), ones(1, 1, 8, 8)).requires_grad);
    }

    private static void Same(Tensor maps, Tensor gradient)
    {
        var layer = nn.MaxPool2d(3, 2, 1);
        var plain = maps.alias().detach().requires_grad_();
        var expected = layer.call(plain);
        expected.backward([gradient]);

        var source = maps.alias().detach().requires_grad_();
        using var tape = new GradientTape();
        Tensor actual;
        using (tape.Listen())
        {
            actual = MaxPooling.Of(layer, source.alias()); // the tape lets go of what it is given
        }

        var values = actual.detach().clone();
        Assert.True(actual.is_leaf); // ours, the start of a graph
        actual.backward([gradient]);
        tape.Backward();
        Assert.Equal(Bits(expected), Bits(values));
        Assert.Equal(Bits(plain.grad!), Bits(source.grad!));
    }

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}

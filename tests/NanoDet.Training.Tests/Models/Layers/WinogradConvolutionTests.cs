using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Winograd;
using NanoDet.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Models.Layers;

public class WinogradConvolutionTests
{
    public WinogradConvolutionTests() => LibTorch.Load();

    [Theory]
    [InlineData(ScalarType.Float32, 3, 192, 192, 40, 40)]
    [InlineData(ScalarType.Float32, 2, 96, 64, 17, 19)]
    [InlineData(ScalarType.Float32, 1, 64, 128, 26, 13)]
    [InlineData(ScalarType.BFloat16, 3, 192, 192, 40, 40)]
    [InlineData(ScalarType.BFloat16, 2, 96, 64, 17, 19)]
    [InlineData(ScalarType.BFloat16, 1, 64, 128, 26, 13)]
    public void Values_and_gradients_are_those_of_the_convolution_in_double_precision(
        ScalarType type, int pictures, int channels, int outputs, int height, int width)
    {
        using var scope = NewDisposeScope();
        var (map, weight, gradient) = Sample(pictures, channels, outputs, height, width);
        (map, gradient) = (map.to(type), gradient.to(type));
        var (result, ofMap, ofWeight) = Run(map, weight, gradient);

        var (exactMap, exactWeight) = (map.to(float64).requires_grad_(), weight.to(float64).requires_grad_());
        var exact = nn.functional.conv2d(exactMap, exactWeight, padding: [1, 1]);
        exact.backward([gradient.to(float64)]);
        Close(exact, result, type);
        Close(exactMap.grad!, ofMap, type);
        Close(exactWeight.grad!, ofWeight, type);
    }

    [Fact]
    public void Neither_the_other_pictures_nor_the_order_in_memory_change_a_value_beyond_rounding_and_the_same_gives_the_same_bits()
    {
        using var scope = NewDisposeScope();
        var (map, weight, gradient) = Sample(4, 64, 64, 20, 24);

        var (result, ofMap, ofWeight) = Run(map, weight, gradient);
        var (again, ofMapAgain, ofWeightAgain) = Run(map.contiguous(), weight, gradient.contiguous());
        var (alone, _, _) = Run(map[2..3], weight, gradient[2..3]);

        Assert.True(result.equal(again).all().item<bool>());
        Assert.True(ofMap.equal(ofMapAgain).all().item<bool>());
        Assert.True(ofWeight.equal(ofWeightAgain).all().item<bool>());
        Close(result[2..3].to(float64), alone, ScalarType.Float32);
    }

    [Theory]
    [InlineData(TrainingPrecision.Single)]
    [InlineData(TrainingPrecision.BFloat16)]
    public void The_gradients_of_a_kernel_that_convolves_maps_of_two_sizes_add_up(TrainingPrecision precision)
    {
        using var scope = NewDisposeScope();
        var (map, weight, gradient) = Sample(2, 64, 64, 20, 20);
        var (other, _, ofOther) = Sample(2, 64, 64, 16, 15);
        using var kernel = weight.alias().detach().requires_grad_();
        using var tape = new GradientTape();
        Tensor[] outputs;
        using (Autocast.Begin(precision, DeviceType.CPU))
        {
            outputs = [WinogradConvolution.Record(map, kernel, tape), WinogradConvolution.Record(other, kernel, tape)];
        }

        var type = precision == TrainingPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        Assert.All(outputs, output => Assert.Equal(type, output.dtype));
        autograd.backward(outputs, [gradient.to(type), ofOther.to(type)]);
        tape.Backward();

        var exact = weight.to(float64).requires_grad_();
        nn.functional.conv2d(map.to(float64), exact, padding: [1, 1]).backward([gradient.to(float64)]);
        nn.functional.conv2d(other.to(float64), exact, padding: [1, 1]).backward([ofOther.to(float64)]);
        Assert.Equal(ScalarType.Float32, kernel.grad!.dtype);
        Close(exact.grad!, kernel.grad!, type);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Both_orders_of_the_numbers_give_the_same_products(int threads)
    {
        using var scope = NewDisposeScope();
        var before = get_num_threads();
        set_num_threads(threads);
        var (map, _, gradient) = Sample(3, 64, 96, 17, 12);
        using var generator = new Generator(7);
        var kernels = randn([36, 96, 64], generator: generator);

        var (products, ofKernels) = Multiply(new MatrixOrder());
        var (others, ofOthers) = Multiply(new TileOrder());
        set_num_threads(before);

        Assert.True(OneDnn.IsInLibTorch || !OperatingSystem.IsLinux());
        Assert.IsType<MatrixOrder>(NumberOrder.For(ScalarType.BFloat16));
        Assert.Equal(OneDnn.IsInLibTorch, NumberOrder.For(ScalarType.Float32) is TileOrder);
        Close(products.to(float64), others, ScalarType.Float32);
        Close(ofKernels.to(float64), ofOthers, ScalarType.Float32);

        (Tensor Products, Tensor OfKernels) Multiply(NumberOrder order)
        {
            var grid = TileGrid.Of(map);
            var numbers = TileTransform<InputTile, SingleNumber>.Split(map, grid, order);
            var gradients = TileTransform<OutputTile, SingleNumber>.Split(gradient, grid, order);
            return (TileTransform<OutputTile, SingleNumber>.Join(order.Multiply(numbers, kernels), grid, order), order.GradientOfKernels(gradients, numbers));
        }
    }

    [Fact]
    public void It_serves_wide_3x3_convolutions_of_large_maps_alone()
    {
        using var scope = NewDisposeScope();
        var map = zeros(1, 64, 20, 20);

        Assert.True(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, padding: 1, bias: false), map));
        Assert.True(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, padding: 1, bias: false), map.to(bfloat16)));
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, padding: 1, bias: false), zeros(1, 64, 13, 14)));
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, padding: 1), map)); // has a bias
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, bias: false), map)); // makes the map smaller
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, stride: 2, padding: 1, bias: false), map));
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(64, 64, 5, padding: 1, bias: false), map));
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, padding: 1, groups: 64, bias: false), map));
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(32, 64, 3, padding: 1, bias: false), zeros(1, 32, 20, 20)));
        Assert.False(WinogradConvolution.Serves(nn.Conv2d(64, 64, 3, padding: 1, bias: false), map.to(float64)));
    }

    private static (Tensor Result, Tensor OfMap, Tensor OfWeight) Run(Tensor map, Tensor weight, Tensor gradient)
    {
        var (source, kernel) = (map.alias().detach().requires_grad_(), weight.alias().detach().requires_grad_());
        using var tape = new GradientTape();
        var output = WinogradConvolution.Record(source, kernel, tape);
        var result = output.detach();
        output.backward([gradient]);
        tape.Backward();
        return (result, source.grad!, kernel.grad!);
    }

    private static (Tensor Map, Tensor Weight, Tensor Gradient) Sample(int pictures, int channels, int outputs, int height, int width)
    {
        using var generator = new Generator(7);
        return (
            ChannelsLast.Of(randn([pictures, channels, height, width], generator: generator)),
            randn([outputs, channels, 3, 3], generator: generator) * 0.05,
            ChannelsLast.Of(randn([pictures, outputs, height, width], generator: generator)));
    }

    // In single precision a hundredth of what the proof of the arithmetic allows, in bf16 two thirds.
    private static void Close(Tensor expected, Tensor actual, ScalarType type)
        => Assert.InRange(((actual.to(float64) - expected).abs().max() / expected.abs().max()).item<double>(), 0, type == ScalarType.BFloat16 ? 4e-2 : 1e-5);
}

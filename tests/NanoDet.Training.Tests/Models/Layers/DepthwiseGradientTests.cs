using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Depthwise;
using NanoDet.Training.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Models.Layers;

public class DepthwiseGradientTests
{
    public DepthwiseGradientTests() => LibTorch.Load();

    [Theory]
    [InlineData(3, 96, 40, 40, 1)]
    [InlineData(2, 96, 40, 40, 2)]
    [InlineData(2, 16, 13, 26, 2)]
    [InlineData(2, 32, 7, 5, 1)]
    [InlineData(1, 16, 4, 3, 1)]
    [InlineData(1, 16, 4, 3, 2)]
    [InlineData(2, 16, 1, 1, 1)]
    [InlineData(1, 16, 2, 9, 2)]
    public void It_is_the_gradient_in_double_precision(int pictures, int channels, int height, int width, int stride)
    {
        using var scope = NewDisposeScope();
        var (layer, maps, gradient) = Sample(pictures, channels, height, width, stride);
        var exact = layer.weight.detach().to(float64).requires_grad_();
        nn.functional.conv2d(maps.to(float64), exact, strides: [stride, stride], padding: [2, 2], groups: channels).backward([gradient.to(float64)]);

        var actual = DepthwiseGradient.Of(maps, gradient, stride);

        Assert.Equal(layer.weight.shape, actual.shape);
        Assert.InRange(Deviation(exact.grad!, actual), 0, 1e-6);
    }

    [Fact]
    public void A_layer_that_a_tape_hears_gets_the_same_gradients_as_one_that_none_hears()
    {
        using var scope = NewDisposeScope();
        var (layer, maps, gradient) = Sample(2, 32, 20, 20, 1);
        using var plain = Run(layer, maps, gradient, listens: false, out var ofMaps);
        DepthwiseGradient.ReplaceIn(layer);

        using var unheard = Run(layer, maps, gradient, listens: false, out _);
        using var heard = Run(layer, maps, gradient, listens: true, out var ofMapsHeard);

        Assert.True(plain.equal(unheard).all().item<bool>());
        Assert.InRange(Deviation(plain.to(float64), heard), 0, 1e-5);
        Assert.True(ofMaps.equal(ofMapsHeard).all().item<bool>());
        Assert.True(layer.weight.requires_grad);
    }

    [Fact]
    public void A_frozen_layer_stays_frozen()
    {
        using var scope = NewDisposeScope();
        var (layer, maps, gradient) = Sample(2, 32, 20, 20, 1);
        DepthwiseGradient.ReplaceIn(layer);
        layer.weight.requires_grad = false;

        using var tape = new GradientTape();
        using (tape.Listen())
        {
            layer.call(maps.requires_grad_()).backward([gradient]);
        }

        tape.Backward();
        Assert.False(layer.weight.requires_grad);
        Assert.Null(layer.weight.grad);
    }

    [Fact]
    public void The_same_gives_the_same_bits_with_any_number_of_threads()
    {
        using var scope = NewDisposeScope();
        var (_, maps, gradient) = Sample(5, 48, 20, 20, 1);
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = DepthwiseGradient.Of(maps, gradient, 1);
            set_num_threads(4);
            Assert.True(one.equal(DepthwiseGradient.Of(maps, gradient, 1)).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void It_serves_depthwise_5x5_convolutions_of_maps_that_are_learnt_alone()
    {
        using var scope = NewDisposeScope();
        var maps = ChannelsLast.Of(zeros(2, 32, 20, 20)).requires_grad_();

        Assert.True(DepthwiseGradient.Serves(Layer(32, 1), maps));
        Assert.True(DepthwiseGradient.Serves(Layer(32, 2), maps));
        Assert.False(DepthwiseGradient.Serves(nn.Conv2d(32, 32, 3, padding: 1, groups: 32, bias: false), maps));
        Assert.False(DepthwiseGradient.Serves(nn.Conv2d(32, 32, 5, padding: 2, groups: 32), maps)); // has a bias
        Assert.False(DepthwiseGradient.Serves(nn.Conv2d(32, 32, 5, padding: 2, groups: 2, bias: false), maps));
        Assert.False(DepthwiseGradient.Serves(nn.Conv2d(24, 24, 5, padding: 2, groups: 24, bias: false), ChannelsLast.Of(zeros(2, 24, 20, 20)).requires_grad_()));
        Assert.False(DepthwiseGradient.Serves(Layer(32, 1), maps.detach()));
        Assert.False(DepthwiseGradient.Serves(Layer(32, 1), zeros(2, 32, 20, 20).requires_grad_())); // planar
        Assert.False(DepthwiseGradient.Serves(Layer(32, 1), maps.to(bfloat16)));
    }

    private static Tensor Run(Conv2d layer, Tensor maps, Tensor gradient, bool listens, out Tensor ofMaps)
    {
        var source = maps.alias().detach().requires_grad_();
        layer.zero_grad();
        using var tape = new GradientTape();
        Tensor output;
        using (listens ? tape.Listen() : null)
        {
            output = layer.call(source);
        }

        output.backward([gradient]);
        tape.Backward();
        ofMaps = source.grad!;
        return layer.weight.grad!.clone().DetachFromDisposeScope();
    }

    private static (Conv2d Layer, Tensor Maps, Tensor Gradient) Sample(int pictures, int channels, int height, int width, int stride)
    {
        using var generator = new Generator(7);
        var maps = ChannelsLast.Of(randn([pictures, channels, height, width], generator: generator));
        return (Layer(channels, stride), maps, ChannelsLast.Of(randn([pictures, channels, (height + stride - 1) / stride, (width + stride - 1) / stride], generator: generator)));
    }

    private static Conv2d Layer(int channels, int stride) => nn.Conv2d(channels, channels, 5, stride, 2, groups: channels, bias: false);

    private static double Deviation(Tensor expected, Tensor actual) => ((actual.to(float64) - expected).abs().max() / expected.abs().max()).item<double>();
}

using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Heads;

/// <summary>The head of NanoDet-Plus: separate convolutions for each feature map (<c>nanodet/model/head/nanodet_plus_head.py</c>).</summary>
public sealed class NanoDetPlusHead : DetectionHead
{
    /// <summary>Makes the head.</summary>
    public NanoDetPlusHead(NanoDetPlusHeadConfiguration configuration)
        : base(nameof(NanoDetPlusHead), configuration)
    {
        register_module("distribution_project", Integral);
        ClsConvs = [.. configuration.Strides.Select(_ => Enumerable.Range(0, configuration.StackedConvs)
            .Select(i => Convolution(i == 0 ? configuration.InputChannel : configuration.FeatChannels, configuration))
            .ToImmutableArray())];
        GflCls = [.. configuration.Strides.Select(_ => nn.Conv2d(configuration.FeatChannels, OutputChannels, 1))];
        register_module("cls_convs", nn.ModuleList<nn.Module>(
            [.. ClsConvs.Select(level => nn.ModuleList<nn.Module>([.. level]))]));
        register_module("gfl_cls", nn.ModuleList<Conv2d>([.. GflCls]));
    }

    /// <summary>For each feature map, the convolutions before the prediction: <see cref="DepthwiseConvModule"/> or <see cref="ConvModule"/>.</summary>
    public ImmutableArray<ImmutableArray<nn.Module<Tensor, Tensor>>> ClsConvs { get; }

    /// <summary>For each feature map, the 1x1 convolution that predicts classes, then distances.</summary>
    public ImmutableArray<Conv2d> GflCls { get; }

    /// <inheritdoc />
    public override IEnumerable<Conv2d> ClassPredictors => GflCls;

    /// <inheritdoc />
    protected override Tensor Predict(Tensor map, int level)
    {
        var x = map;
        foreach (var convolution in ClsConvs[level])
        {
            x = convolution.call(x);
        }

        return Pointwise(x, GflCls[level]);
    }

    private static nn.Module<Tensor, Tensor> Convolution(int inChannels, NanoDetPlusHeadConfiguration configuration)
        => configuration.PlainConvolutions
            ? new ConvModule(inChannels, configuration.FeatChannels, configuration.KernelSize, Normalization.Batch, configuration.Activation)
            : new DepthwiseConvModule(inChannels, configuration.FeatChannels, configuration.KernelSize, configuration.Activation);

    /// <summary>
    /// Computes a 1x1 convolution as a matrix product, which it is if the channels of a pixel are adjacent. It takes half of the
    /// time of oneDNN's kernel, which is also wrong on some processors if the output channels do not fill its blocks; classes
    /// and distances rarely do.
    /// </summary>
    /// <param name="x">[B, in, H, W].</param>
    /// <param name="convolution">1x1, stride 1.</param>
    /// <returns>[B, out, H, W].</returns>
    private static Tensor Pointwise(Tensor x, Conv2d convolution)
        => nn.functional.linear(x.permute(0, 2, 3, 1), convolution.weight.flatten(1), convolution.bias).permute(0, 3, 1, 2);
}

using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Heads;

/// <summary>The head of the legacy models (<c>nanodet/model/head/nanodet_head.py</c>).</summary>
public sealed class NanoDetHead : DetectionHead
{
    /// <summary>Makes the head.</summary>
    public NanoDetHead(NanoDetHeadConfiguration configuration)
        : base(nameof(NanoDetHead), configuration)
    {
        ShareClsReg = configuration.ShareClsReg;
        OctaveBaseScale = configuration.OctaveBaseScale;
        register_module("distribution_project", Integral);
        ClsConvs = [.. configuration.Strides.Select(_ => Chain(configuration))];
        RegConvs = [.. configuration.Strides.Select(_ => ShareClsReg ? [] : Chain(configuration))];
        GflCls = [.. configuration.Strides.Select(
            _ => nn.Conv2d(configuration.FeatChannels, ShareClsReg ? OutputChannels : NumClasses, 1))];
        // If classes and distances share one chain, the original keeps these unused convolutions in its weight files, and so do we.
        GflReg = [.. configuration.Strides.Select(_ => nn.Conv2d(configuration.FeatChannels, 4 * (RegMax + 1), 1))];
        register_module("cls_convs", Levels(ClsConvs));
        register_module("reg_convs", Levels(RegConvs));
        register_module("gfl_cls", nn.ModuleList<Conv2d>([.. GflCls]));
        register_module("gfl_reg", nn.ModuleList<Conv2d>([.. GflReg]));
    }

    /// <summary>Whether classes and distances share one chain of convolutions.</summary>
    public bool ShareClsReg { get; }

    /// <summary>Side of an anchor cell, in strides.</summary>
    public int OctaveBaseScale { get; }

    /// <summary>For each feature map, the convolutions before the classes: <see cref="DepthwiseConvModule"/> or <see cref="ConvModule"/>.</summary>
    public ImmutableArray<ImmutableArray<nn.Module<Tensor, Tensor>>> ClsConvs { get; }

    /// <summary>For each feature map, the convolutions before the distances; none if <see cref="ShareClsReg"/>.</summary>
    public ImmutableArray<ImmutableArray<nn.Module<Tensor, Tensor>>> RegConvs { get; }

    /// <summary>For each feature map, predicts the classes, and also the distances if <see cref="ShareClsReg"/>.</summary>
    public ImmutableArray<Conv2d> GflCls { get; }

    /// <summary>For each feature map, predicts the distances; unused if <see cref="ShareClsReg"/>.</summary>
    public ImmutableArray<Conv2d> GflReg { get; }

    /// <inheritdoc />
    public override IEnumerable<Conv2d> ClassPredictors => GflCls;

    /// <inheritdoc />
    protected override Tensor Predict(Tensor map, int level)
    {
        var classes = GflCls[level].call(ClsConvs[level].Aggregate(map, (x, convolution) => convolution.call(x)));
        return ShareClsReg
            ? classes
            : cat([classes, GflReg[level].call(RegConvs[level].Aggregate(map, (x, convolution) => convolution.call(x)))], dim: 1);
    }

    private static ImmutableArray<nn.Module<Tensor, Tensor>> Chain(NanoDetHeadConfiguration configuration)
        => [.. Enumerable.Range(0, configuration.StackedConvs).Select(i => Convolution(
            i == 0 ? configuration.InputChannel : configuration.FeatChannels, configuration))];

    private static nn.Module<Tensor, Tensor> Convolution(int inChannels, NanoDetHeadConfiguration configuration)
        => configuration.PlainConvolutions
            ? new ConvModule(inChannels, configuration.FeatChannels, 3, Normalization.Batch, configuration.Activation)
            : new DepthwiseConvModule(inChannels, configuration.FeatChannels, 3, configuration.Activation);

    private static ModuleList<nn.Module> Levels(ImmutableArray<ImmutableArray<nn.Module<Tensor, Tensor>>> levels)
        => nn.ModuleList<nn.Module>([.. levels.Select(level => nn.ModuleList<nn.Module>([.. level]))]);
}

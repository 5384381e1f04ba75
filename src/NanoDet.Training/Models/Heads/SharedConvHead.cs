using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Heads;

/// <summary>A head of plain 3x3 convolutions that all feature maps share; for each map, a factor on the distances.</summary>
public abstract class SharedConvHead : DetectionHead
{
    private protected SharedConvHead(string name, HeadConfiguration configuration, bool hasIntegral)
        : base(name, configuration)
    {
        if (hasIntegral)
        {
            register_module("distribution_project", Integral);
        }

        ClsConvs = Chain(configuration);
        RegConvs = Chain(configuration);
        GflCls = nn.Conv2d(configuration.FeatChannels, NumClasses, 3, 1, 1);
        GflReg = nn.Conv2d(configuration.FeatChannels, 4 * (RegMax + 1), 3, 1, 1);
        Scales = [.. configuration.Strides.Select(_ => new Scale())];
        register_module("cls_convs", nn.ModuleList<ConvModule>([.. ClsConvs]));
        register_module("reg_convs", nn.ModuleList<ConvModule>([.. RegConvs]));
        register_module("gfl_cls", GflCls);
        register_module("gfl_reg", GflReg);
        register_module("scales", nn.ModuleList<Scale>([.. Scales]));
    }

    /// <summary>The convolutions before the classes.</summary>
    public ImmutableArray<ConvModule> ClsConvs { get; }

    /// <summary>The convolutions before the distances.</summary>
    public ImmutableArray<ConvModule> RegConvs { get; }

    /// <summary>Predicts classes.</summary>
    public Conv2d GflCls { get; }

    /// <summary>Predicts distances.</summary>
    public Conv2d GflReg { get; }

    /// <summary>For each feature map, a factor on the distance logits.</summary>
    public ImmutableArray<Scale> Scales { get; }

    /// <inheritdoc />
    public override IEnumerable<Conv2d> ClassPredictors => [GflCls];

    /// <inheritdoc />
    protected override Tensor Predict(Tensor map, int level) => Predict(map, level, (convolution, x) => convolution.call(x));

    private protected Tensor Predict(Tensor map, int level, Func<ConvModule, Tensor, Tensor> convolve)
    {
        var classes = ClsConvs.Aggregate(map, (x, convolution) => convolve(convolution, x));
        var distances = RegConvs.Aggregate(map, (x, convolution) => convolve(convolution, x));
        return cat([GflCls.call(classes), Scales[level].call(GflReg.call(distances))], dim: 1);
    }

    private static ImmutableArray<ConvModule> Chain(HeadConfiguration configuration)
        => [.. Enumerable.Range(0, configuration.StackedConvs).Select(i => new ConvModule(
            i == 0 ? configuration.InputChannel : configuration.FeatChannels, configuration.FeatChannels, 3,
            Normalization.Group, configuration.Activation))];
}

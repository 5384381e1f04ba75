using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>
/// A block of EfficientNet-Lite, the inverted bottleneck of MobileNetV2 (Sandler et al., 2018): more channels, a depthwise
/// convolution, fewer channels. Where the shape does not change, the input is added.
/// </summary>
public sealed class MBConvBlock : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="stage">Kernel, expansion, output channels, and the step of the first block.</param>
    /// <param name="isFirst">Whether it is the first block of the stage.</param>
    /// <param name="activation">After the first two convolutions.</param>
    public MBConvBlock(int inChannels, EfficientNetLiteStage stage, bool isFirst, Activation activation)
        : base(nameof(MBConvBlock))
    {
        var (channels, stride) = (inChannels * stage.Expansion, isFirst ? stage.Step : 1);
        if (stage.Expansion != 1)
        {
            Expand = nn.Conv2d(inChannels, channels, 1, bias: false);
            ExpandNorm = Normalization(channels);
            register_module("_expand_conv", Expand);
            register_module("_bn0", ExpandNorm);
        }

        Depthwise = nn.Conv2d(channels, channels, stage.KernelSize, stride, stage.KernelSize / 2, groups: channels, bias: false);
        DepthwiseNorm = Normalization(channels);
        Project = nn.Conv2d(channels, stage.Channels, 1, bias: false);
        ProjectNorm = Normalization(stage.Channels);
        Activation = ActivationLayer.Create(activation);
        register_module("_depthwise_conv", Depthwise);
        register_module("_bn1", DepthwiseNorm);
        register_module("_project_conv", Project);
        register_module("_bn2", ProjectNorm);
        register_module("_relu", Activation);
        AddsInput = stride == 1 && inChannels == stage.Channels;
    }

    /// <summary>The convolution to more channels; null without expansion.</summary>
    public Conv2d? Expand { get; }

    /// <summary>After <see cref="Expand"/>.</summary>
    public BatchNorm2d? ExpandNorm { get; }

    /// <summary>One kernel per channel.</summary>
    public Conv2d Depthwise { get; }

    /// <summary>After <see cref="Depthwise"/>.</summary>
    public BatchNorm2d DepthwiseNorm { get; }

    /// <summary>The convolution to the output channels.</summary>
    public Conv2d Project { get; }

    /// <summary>After <see cref="Project"/>; no activation follows.</summary>
    public BatchNorm2d ProjectNorm { get; }

    /// <summary>After the first two normalisations.</summary>
    public nn.Module<Tensor, Tensor> Activation { get; }

    /// <summary>Whether the input is added.</summary>
    public bool AddsInput { get; }

    /// <summary>[B, in, H, W] to [B, out, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input) => Compute(input, null);

    /// <summary>The same with a factor [B, 1, 1, 1] on what is added to the input of each picture; null for none.</summary>
    internal Tensor Compute(Tensor input, Tensor? factor)
    {
        using var scope = NewDisposeScope();
        var x = Expand is null ? input : Activation.call(ExpandNorm!.call(Expand.call(input)));
        x = ProjectNorm.call(Project.call(Activation.call(DepthwiseNorm.call(Depthwise.call(x)))));
        x = AddsInput && factor is not null ? x * factor.to(x.dtype) : x;
        return (AddsInput ? x + input : x).MoveToOuterDisposeScope();
    }

    /// <summary>The normalisation with the constants of TensorFlow, where the network comes from.</summary>
    internal static BatchNorm2d Normalization(int channels) => nn.BatchNorm2d(channels, eps: 1e-3, momentum: 0.01);
}

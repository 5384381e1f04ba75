using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>MobileNetV2 (Sandler et al., 2018; <c>nanodet/model/backbone/mobilenetv2.py</c>).</summary>
public sealed class MobileNetV2 : Backbone
{
    /// <summary>Makes the network.</summary>
    /// <param name="configuration">Width, activation and output stages.</param>
    public MobileNetV2(MobileNetV2Configuration configuration)
        : base(nameof(MobileNetV2), configuration)
    {
        var stages = MobileNetV2Stage.Of(configuration.WidthMultiplier)
            ?? throw new ArgumentOutOfRangeException(nameof(configuration), configuration.WidthMultiplier, null);
        var channels = MobileNetV2Stage.StemChannels(configuration.WidthMultiplier);
        FirstLayer = Layer(3, channels, 3, 2, 1, configuration.Activation);
        register_module("first_layer", FirstLayer);

        var made = ImmutableArray.CreateBuilder<Sequential>();
        foreach (var (number, stage) in stages.Index())
        {
            var blocks = new List<nn.Module<Tensor, Tensor>>();
            for (var i = 0; i < stage.Blocks; i++)
            {
                blocks.Add(new InvertedResidual(channels, stage.Channels, i == 0 ? stage.Step : 1, stage.Expansion, configuration.Activation));
                channels = stage.Channels;
            }

            if (number == stages.Length - 1)
            {
                blocks.Add(Layer(channels, configuration.LastChannel, 1, 1, 1, configuration.Activation));
            }

            made.Add(nn.Sequential([.. blocks]));
            register_module($"stage{number}", made[^1]);
        }

        Stages = made.ToImmutable();
    }

    /// <summary>The first convolution, at half the size.</summary>
    public Sequential FirstLayer { get; }

    /// <summary>Stages 0 to 6: sequences of <see cref="InvertedResidual"/>, the last with one more convolution.</summary>
    public ImmutableArray<Sequential> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage: [B, C, H / 8, W / 8] for stage 2, 16 for stages 3 and 4, 32 for 5 and 6.</summary>
    public override Tensor[] forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return [.. RunStages(FirstLayer.call(input), Stages, first: 0).Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>Convolution, normalisation and activation.</summary>
    internal static Sequential Layer(int inChannels, int outChannels, int kernelSize, int stride, int groups, Activation activation) => nn.Sequential(
        nn.Conv2d(inChannels, outChannels, kernelSize, stride, kernelSize / 2, groups: groups, bias: false),
        nn.BatchNorm2d(outChannels), ActivationLayer.Create(activation));
}

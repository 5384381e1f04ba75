using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Pooling;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>ResNet (He et al., 2016; <c>nanodet/model/backbone/resnet.py</c>), with torchvision's names.</summary>
public sealed class ResNet : Backbone
{
    /// <summary>Makes the network.</summary>
    /// <param name="configuration">Depth, activation and output stages.</param>
    public ResNet(ResNetConfiguration configuration)
        : base(nameof(ResNet), configuration)
    {
        var shape = ResNetShape.Of(configuration.Depth) ?? throw new ArgumentOutOfRangeException(nameof(configuration), configuration.Depth, null);
        Conv1 = nn.Conv2d(3, ResNetShape.StemChannels, 7, 2, 3, bias: false);
        Norm1 = nn.BatchNorm2d(ResNetShape.StemChannels);
        Activation = ActivationLayer.Create(configuration.Activation);
        MaxPool = nn.MaxPool2d(3, 2, 1);
        register_module("conv1", Conv1);
        register_module("bn1", Norm1);
        register_module("act", Activation);
        register_module("maxpool", MaxPool);

        var (stages, channels) = (ImmutableArray.CreateBuilder<Sequential>(), ResNetShape.StemChannels);
        for (var stage = 1; stage <= shape.Blocks.Length; stage++)
        {
            var (blocks, input) = (new List<nn.Module<Tensor, Tensor>>(), channels);
            channels = shape.Channels(stage);
            for (var i = 0; i < shape.Blocks[stage - 1]; i++)
            {
                blocks.Add(new ResNetBlock(
                    i == 0 ? input : channels, ResNetShape.InnerChannels(stage), channels, stride: i == 0 && stage > 1 ? 2 : 1, configuration.Activation));
            }

            stages.Add(nn.Sequential([.. blocks]));
            register_module($"layer{stage}", stages[^1]);
        }

        Stages = stages.ToImmutable();
    }

    /// <summary>The first convolution, at half the size.</summary>
    public Conv2d Conv1 { get; }

    /// <summary>After <see cref="Conv1"/>.</summary>
    public BatchNorm2d Norm1 { get; }

    /// <summary>After <see cref="Norm1"/>.</summary>
    public nn.Module<Tensor, Tensor> Activation { get; }

    /// <summary>Before stage 1, at a quarter of the size.</summary>
    public MaxPool2d MaxPool { get; }

    /// <summary>Stages 1 to 4: sequences of <see cref="ResNetBlock"/>; each but the first halves the size.</summary>
    public ImmutableArray<Sequential> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage: [B, C, H / 4, W / 4] for stage 1 and so on.</summary>
    public override Tensor[] forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return [.. RunStages(MaxPooling.Of(MaxPool, Activation.call(Norm1.call(Conv1.call(input)))), Stages, first: 1).Select(map => map.MoveToOuterDisposeScope())];
    }
}

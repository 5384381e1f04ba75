using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Layers.Norms;
using NanoDet.Training.Models.Layers.Pooling;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>ShuffleNetV2 (Ma et al., 2018; <c>nanodet/model/backbone/shufflenetv2.py</c>).</summary>
public sealed class ShuffleNetV2 : Backbone
{
    private static readonly ImmutableArray<int> Repeats = [4, 8, 4];

    /// <summary>Makes the network.</summary>
    /// <param name="configuration">Width, activation, and the output stages.</param>
    public ShuffleNetV2(ShuffleNetV2Configuration configuration)
        : base(nameof(ShuffleNetV2), configuration)
    {
        var channels = ShuffleNetV2Channels.Of(configuration.ModelSize)
            ?? throw new ArgumentOutOfRangeException(nameof(configuration), configuration.ModelSize, null);
        Conv1 = nn.Sequential(
            nn.Conv2d(3, channels[0], 3, 2, 1, bias: false), nn.BatchNorm2d(channels[0]), ActivationLayer.Create(configuration.Activation));
        register_module("conv1", Conv1);
        MaxPool = nn.MaxPool2d(3, 2, 1);
        register_module("maxpool", MaxPool);

        Stages = [.. Repeats.Select((repeat, i) => Stage(channels[i], channels[i + 1], repeat, configuration.Activation))];
        if (configuration.WithLastConvolution)
        {
            var last = nn.Sequential(
                nn.Conv2d(channels[3], channels[4], 1, bias: false), nn.BatchNorm2d(channels[4]), ActivationLayer.Create(configuration.Activation));
            Stages[2].append("conv5", last);
        }

        for (var i = 0; i < Stages.Length; i++)
        {
            register_module($"stage{i + 2}", Stages[i]);
        }
    }

    /// <summary>The first convolution, at half the size.</summary>
    public Sequential Conv1 { get; }

    /// <summary>After the first convolution, at a quarter of the size.</summary>
    public MaxPool2d MaxPool { get; }

    /// <summary>Stages 2, 3 and 4: sequences of <see cref="ShuffleV2Block"/>, each at half the size of the stage before.</summary>
    public ImmutableArray<Sequential> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage: [B, C, H / 8, W / 8] and so on.</summary>
    public override Tensor[] forward(Tensor input) => RunStages(MaxPooling.Of(MaxPool, NormalizedConvolution.Chain(Conv1, input)), Stages, first: 2);

    private static Sequential Stage(int inChannels, int outChannels, int repeat, Activation activation) => nn.Sequential(
        [.. Enumerable.Range(0, repeat).Select(i => new ShuffleV2Block(i == 0 ? inChannels : outChannels, outChannels, i == 0 ? 2 : 1, activation))]);
}

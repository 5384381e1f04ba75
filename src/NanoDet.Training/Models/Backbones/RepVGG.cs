using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>RepVGG (Ding et al., 2021; <c>nanodet/model/backbone/repvgg.py</c>): a chain of 3x3 convolutions, trained with two branches beside each.</summary>
public sealed class RepVGG : Backbone
{
    /// <summary>Makes the network.</summary>
    /// <param name="configuration">Name, activation, output stages, and whether the branches are fused.</param>
    public RepVGG(RepVggConfiguration configuration)
        : base(nameof(RepVGG), configuration)
    {
        var shape = RepVggShape.Of(configuration.Name)
            ?? throw new ArgumentOutOfRangeException(nameof(configuration), configuration.Name, null);
        Stem = new RepVggBlock(3, shape.StemChannels, stride: 2, groups: 1, configuration.Activation, configuration.Deploy);
        register_module("stage0", Stem);

        var (stages, channels, number) = (ImmutableArray.CreateBuilder<Sequential>(), shape.StemChannels, 0);
        for (var stage = 1; stage <= shape.Blocks.Length; stage++)
        {
            var blocks = nn.Sequential();
            var width = configuration.StageOf(stage)!.Value.Channels;
            for (var block = 0; block < shape.Blocks[stage - 1]; block++)
            {
                blocks.append(block.ToString(System.Globalization.CultureInfo.InvariantCulture), new RepVggBlock(
                    channels, width, stride: block == 0 ? 2 : 1, shape.GroupsOf(++number), configuration.Activation, configuration.Deploy));
                channels = width;
            }

            stages.Add(blocks);
            register_module($"stage{stage}", blocks);
        }

        Stages = stages.ToImmutable();
    }

    /// <summary>Stage 0, at half the size.</summary>
    public RepVggBlock Stem { get; }

    /// <summary>Stages 1 to 4: sequences of <see cref="RepVggBlock"/>, each at half the size of the stage before.</summary>
    public ImmutableArray<Sequential> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage: [B, C, H / 4, W / 4] for stage 1 and so on.</summary>
    public override Tensor[] forward(Tensor input) => RunStages(Stem.call(input), Stages, first: 1);
}

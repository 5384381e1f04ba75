using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>
/// EfficientNet-Lite 0 to 4 (<c>nanodet/model/backbone/efficientnet_lite.py</c>). In training, each block that adds its input is
/// left out of some pictures (stochastic depth, Huang et al., 2016).
/// </summary>
public sealed class EfficientNetLite : Backbone
{
    // The share of pictures that a block is left out of grows from block to block by this over the number of stages. (That is the
    // original's code; the paper divides by the number of blocks.)
    private const double DropShare = 0.2;

    /// <summary>Makes the network.</summary>
    /// <param name="configuration">Name, activation, and the output stages.</param>
    public EfficientNetLite(EfficientNetLiteConfiguration configuration)
        : base(nameof(EfficientNetLite), configuration)
    {
        var stages = EfficientNetLiteStage.Of(configuration.ModelName)
            ?? throw new ArgumentOutOfRangeException(nameof(configuration), configuration.ModelName, null);
        var channels = EfficientNetLiteStage.StemChannels;
        Stem = nn.Sequential(
            nn.Conv2d(3, channels, 3, 2, 1, bias: false), MBConvBlock.Normalization(channels), ActivationLayer.Create(configuration.Activation));
        register_module("stem", Stem);

        var made = ImmutableArray.CreateBuilder<ImmutableArray<MBConvBlock>>();
        foreach (var stage in stages)
        {
            var input = channels;
            made.Add([.. Enumerable.Range(0, stage.Blocks).Select(
                i => new MBConvBlock(i == 0 ? input : stage.Channels, stage, isFirst: i == 0, configuration.Activation))]);
            channels = stage.Channels;
        }

        Stages = made.ToImmutable();
        register_module("blocks", nn.ModuleList<nn.Module>([.. Stages.Select(stage => nn.ModuleList<MBConvBlock>([.. stage]))]));
    }

    /// <summary>The first convolution, at half the size.</summary>
    public Sequential Stem { get; }

    /// <summary>The blocks of stages 0 to 6.</summary>
    public ImmutableArray<ImmutableArray<MBConvBlock>> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage: [B, C, H / 8, W / 8] for stage 2, 16 for stage 4, 32 for stage 6.</summary>
    public override Tensor[] forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (outputs, x, number) = (new List<Tensor>(), Stem.call(input), 0);
        var factors = training ? DrawFactors(input) : null;
        foreach (var (stage, blocks) in Stages.Index())
        {
            foreach (var block in blocks)
            {
                x = block.Compute(x, factors?[number++]);
            }

            if (OutStages.Contains(stage))
            {
                outputs.Add(x);
            }
        }

        return [.. outputs.Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>For each block and picture 0, or what keeps the mean where the block is not left out; [blocks, B, 1, 1, 1].</summary>
    private Tensor DrawFactors(Tensor input)
    {
        // On the processor, so that every device draws the same.
        using var generator = new Generator(RandomKey);
        var count = Stages.Sum(stage => stage.Length);
        var shares = arange(count).to(float32).mul(DropShare / Stages.Length).reshape(-1, 1);
        var stays = rand(count, input.shape[0], generator: generator) >= shares;
        return stays.to(float32).div(1 - shares).reshape(count, -1, 1, 1, 1).to(input.device);
    }
}

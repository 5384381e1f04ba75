using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>A stage of ConvNeXt.</summary>
public sealed class ConvNextStage : NamedModule<Tensor, Tensor>
{
    /// <summary>Makes the layers.</summary>
    /// <param name="inChannels">Channels of the stage before; null for the first stage, which keeps the size.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="blocks">The number of blocks.</param>
    public ConvNextStage(int? inChannels, int channels, int blocks)
        : base(nameof(ConvNextStage))
    {
        if (inChannels is { } before)
        {
            DownsampleNorm = new ChannelNorm(before);
            Downsample = nn.Conv2d(before, channels, 2, 2);
            register_module("downsample", nn.Sequential(("0", DownsampleNorm), ("1", Downsample)));
        }

        Blocks = [.. Enumerable.Range(0, blocks).Select(_ => new ConvNextBlock(channels))];
        register_module("blocks", nn.Sequential(Blocks.Select((block, i) => (i.ToString(CultureInfo.InvariantCulture), (nn.Module<Tensor, Tensor>)block))));
    }

    /// <summary>Before <see cref="Downsample"/>; null in the first stage.</summary>
    public ChannelNorm? DownsampleNorm { get; }

    /// <summary>Halves the size; null in the first stage.</summary>
    public Conv2d? Downsample { get; }

    /// <summary>The blocks, in order.</summary>
    public ImmutableArray<ConvNextBlock> Blocks { get; }

    /// <summary>[B, in, H, W] to [B, out, H / 2, W / 2]; the first stage keeps the size.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Downsample is null ? input : Downsample.call(DownsampleNorm!.call(input));
        return Blocks.Aggregate(x, (map, block) => block.call(map)).MoveToOuterDisposeScope();
    }
}

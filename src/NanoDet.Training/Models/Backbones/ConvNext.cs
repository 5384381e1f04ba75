using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>
/// ConvNeXt (Liu et al., 2022) of PyTorch Image Models, with the names that it has there where only its feature maps are asked for,
/// behind those of <c>nanodet/model/backbone/timm_wrapper.py</c>.
/// </summary>
public sealed class ConvNext : Backbone
{
    /// <summary>Makes the network, up to the last output stage.</summary>
    /// <param name="configuration">Name and output stages.</param>
    public ConvNext(TimmConfiguration configuration)
        : base(nameof(ConvNext), configuration)
    {
        var shape = ConvNextShape.Of(configuration.ModelName)
            ?? throw new ArgumentOutOfRangeException(nameof(configuration), configuration.ModelName, null);
        Patches = nn.Conv2d(3, shape.Width, ConvNextShape.Patch, ConvNextShape.Patch);
        PatchNorm = new ChannelNorm(shape.Width);
        Stages = [.. Enumerable.Range(0, OutStages[^1] + 1).Select(stage => new ConvNextStage(
            stage == 0 ? null : shape.Channels(stage - 1), shape.Channels(stage), shape.Blocks[stage]))];
        var parts = Stages.Select((stage, i) => (string.Create(CultureInfo.InvariantCulture, $"stages_{i}"), (nn.Module<Tensor, Tensor>)stage));
        register_module("timm", nn.Sequential([("stem_0", Patches), ("stem_1", PatchNorm), .. parts]));
    }

    /// <summary>Makes each 4x4 pixels of the image one.</summary>
    public Conv2d Patches { get; }

    /// <summary>After <see cref="Patches"/>.</summary>
    public ChannelNorm PatchNorm { get; }

    /// <summary>The stages from 0, each at half the size of the one before.</summary>
    public ImmutableArray<ConvNextStage> Stages { get; }

    /// <summary>[B, 3, H, W] to one feature map per output stage: [B, C, H / 4, W / 4] for stage 0 and so on.</summary>
    public override Tensor[] forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return [.. RunStages(PatchNorm.call(Patches.call(ChannelsLast.OfNeck(input))), Stages, first: 0).Select(map => map.MoveToOuterDisposeScope())];
    }
}

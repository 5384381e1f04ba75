using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Attention;

/// <summary>Encoders over the pixels of a map (<c>nanodet/model/module/transformer.py</c>).</summary>
public sealed class TransformerBlock : NamedModule<Tensor, Tensor>
{
    private readonly double _dropoutRatio;

    /// <summary>Makes the layers.</summary>
    /// <param name="inChannels">Channels of the map.</param>
    /// <param name="configuration">Channels, heads, encoders and dropout.</param>
    public TransformerBlock(int inChannels, TanConfiguration configuration)
        : base(nameof(TransformerBlock))
    {
        var channels = configuration.OutChannels;
        _dropoutRatio = configuration.DropoutRatio;
        Convolution = new ConvModule(inChannels, channels, 1, Normalization.None, Activation.ReLU);
        // The original keeps these unused weights in its files, and so do we.
        Linear = nn.Linear(channels, channels);
        Encoders = [.. Enumerable.Range(0, configuration.NumEncoders).Select(_ => new AttentionEncoder(
            channels, configuration.NumHeads, configuration.MlpRatio, configuration.Activation ?? Activation.LeakyReLU))];
        register_module("conv", Convolution);
        register_module("linear", Linear);
        register_module("encoders", nn.Sequential(Encoders.Select(
            (encoder, i) => (i.ToString(CultureInfo.InvariantCulture), (nn.Module<Tensor, Tensor>)encoder))));
    }

    /// <summary>To the channels of the encoders.</summary>
    public ConvModule Convolution { get; }

    /// <summary>Unused.</summary>
    public Linear Linear { get; }

    /// <summary>The encoders, in order.</summary>
    public ImmutableArray<AttentionEncoder> Encoders { get; }

    /// <summary>[B, in, H, W] to [B, C, H, W].</summary>
    public override Tensor forward(Tensor input) => Compute(input, null, null);

    /// <summary>The same with an embedding of the places, [H W, 1, C], and random numbers for the training; null for none.</summary>
    internal Tensor Compute(Tensor input, Tensor? embedding, Generator? generator)
    {
        using var scope = NewDisposeScope();
        var dropout = generator is null ? null : new Dropout(_dropoutRatio, generator);
        var x = Convolution.call(input);
        var (batch, height, width) = (x.shape[0], x.shape[2], x.shape[3]);
        x = x.flatten(2).transpose(1, 2); // [B, H W, C]
        x = embedding is null ? x : x + embedding.transpose(0, 1);
        x = Encoders.Aggregate(x, (map, encoder) => encoder.Compute(map, dropout));
        return x.transpose(1, 2).reshape(batch, -1, height, width).MoveToOuterDisposeScope();
    }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>A neck and its settings (<c>model.arch.fpn</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GhostPanConfiguration), "GhostPAN")]
[JsonDerivedType(typeof(PanConfiguration), "PAN")]
[JsonDerivedType(typeof(TanConfiguration), "TAN")]
[JsonDerivedType(typeof(FpnConfiguration), "FPN")]
public abstract record NeckConfiguration
{
    /// <summary>Channels of the feature maps of the backbone.</summary>
    public required ImmutableArray<int> InChannels { get; init; }

    /// <summary>Channels of every feature map for the head.</summary>
    public required int OutChannels { get; init; }

    /// <summary>Activation of the neck; null for none (legacy PAN).</summary>
    public Activation? Activation { get; init; }

    /// <summary>Whether factors and offsets of the normalisation that <c>norm_cfg</c> describes keep their first values (<c>requires_grad: False</c>); statistics change all the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FreezeNorm { get; init; }

    /// <summary>The number of feature maps for the head.</summary>
    public virtual int MapCount() => InChannels.Length;
}

/// <summary>GhostPAN of NanoDet-Plus.</summary>
public sealed record GhostPanConfiguration : NeckConfiguration
{
    /// <summary>Kernel of the depthwise convolutions, in pixels.</summary>
    public int KernelSize { get; init; } = 5;

    /// <summary>Ghost blocks in each stage.</summary>
    public int NumBlocks { get; init; } = 1;

    /// <summary>Number of additional feature maps after the last one, each half the size.</summary>
    public int NumExtraLevel { get; init; }

    /// <summary>Whether the blocks are depthwise separable.</summary>
    public bool UseDepthwise { get; init; }

    /// <summary>Ghost expansion factor.</summary>
    public int Expand { get; init; } = 1;

    /// <summary>Whether the ghost blocks have residual connections.</summary>
    public bool UseResidual { get; init; }

    /// <inheritdoc />
    public override int MapCount() => InChannels.Length + NumExtraLevel;
}

/// <summary>The feature pyramid network (Lin et al., 2017): what is added goes from the smallest map to the largest, and not back.</summary>
public record FpnConfiguration : NeckConfiguration
{
    /// <summary>The first feature map of the backbone that is used.</summary>
    public int StartLevel { get; init; }

    /// <summary>Number of feature maps for the head.</summary>
    public int NumOuts { get; init; } = 3;

    /// <summary>Whether batch normalisation follows each convolution (<c>norm_cfg</c>); then the convolutions have no bias.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BatchNorm { get; init; }

    /// <inheritdoc />
    public override int MapCount() => InChannels.Length - StartLevel;
}

/// <summary>The path aggregation network of the legacy models: then it goes back, from the largest map to the smallest.</summary>
public sealed record PanConfiguration : FpnConfiguration;

/// <summary>The transformer attention network of NanoDet-t.</summary>
public sealed record TanConfiguration : NeckConfiguration
{
    /// <summary>Height and width of the feature map for the attention.</summary>
    public required ImmutableArray<int> FeatureSize { get; init; }

    /// <summary>Attention heads.</summary>
    public int NumHeads { get; init; } = 8;

    /// <summary>Transformer encoders.</summary>
    public int NumEncoders { get; init; } = 1;

    /// <summary>Width of the encoder's hidden layer as a multiple of the channels.</summary>
    public int MlpRatio { get; init; } = 4;

    /// <summary>Share of values that are dropped during training.</summary>
    public double DropoutRatio { get; init; } = 0.1;
}

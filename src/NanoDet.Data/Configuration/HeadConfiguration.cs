using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Core.Detections;

namespace NanoDet.Data.Configuration;

/// <summary>A detection head and its settings (<c>model.arch.head</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NanoDetPlusHeadConfiguration), "NanoDetPlusHead")]
[JsonDerivedType(typeof(NanoDetHeadConfiguration), "NanoDetHead")]
[JsonDerivedType(typeof(GflHeadConfiguration), "GFLHead")]
[JsonDerivedType(typeof(SimpleConvHeadConfiguration), "SimpleConvHead")]
public abstract record HeadConfiguration
{
    /// <summary>The number of classes.</summary>
    public required int NumClasses { get; init; }

    /// <summary>Channels of the input feature maps.</summary>
    public required int InputChannel { get; init; }

    /// <summary>Channels inside the head.</summary>
    public required int FeatChannels { get; init; }

    /// <summary>Convolutions before the prediction.</summary>
    public int StackedConvs { get; init; } = 2;

    /// <summary>Pixels of the network's input from one prediction to the next, for each level.</summary>
    public ImmutableArray<int> Strides { get; init; } = [8, 16, 32];

    /// <summary>Largest distance that the head can express, in strides; it predicts <c>RegMax + 1</c> values per side.</summary>
    public int RegMax { get; init; } = 7;

    /// <summary>Activation of the head.</summary>
    public Activation Activation { get; init; } = Activation.LeakyReLU;

    /// <summary>Whether factors and offsets of the normalisation keep their first values (<c>norm_cfg.requires_grad: False</c>); statistics change all the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FreezeNorm { get; init; }

    /// <summary>The losses.</summary>
    public LossConfiguration Loss { get; init; } = new();

    /// <summary>What turns the head's output into boxes.</summary>
    public BoxDecoder Decoder() => new(Strides, RegMax, NumClasses, CentredPriors: this is not NanoDetPlusHeadConfiguration);
}

/// <summary>The head of NanoDet-Plus.</summary>
public sealed record NanoDetPlusHeadConfiguration : HeadConfiguration
{
    /// <summary>Kernel of the depthwise convolutions, or of the plain ones, in pixels.</summary>
    public int KernelSize { get; init; } = 5;

    /// <summary>Whether the convolutions are plain (<c>conv_type: Conv</c>) instead of depthwise separable.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PlainConvolutions { get; init; }
}

/// <summary>The head of the legacy models.</summary>
public sealed record NanoDetHeadConfiguration : HeadConfiguration
{
    /// <summary>Side of an anchor cell in strides (<c>octave_base_scale</c>).</summary>
    public int OctaveBaseScale { get; init; } = 5;

    /// <summary>Whether classes and boxes share one chain of convolutions.</summary>
    public bool ShareClsReg { get; init; }

    /// <summary>Whether the convolutions are plain (<c>conv_type: Conv</c>) instead of depthwise separable.</summary>
    public bool PlainConvolutions { get; init; }
}

/// <summary>The head of the paper on generalized focal loss (Li et al., 2020): plain 3x3 convolutions with group norm, shared by all levels.</summary>
public sealed record GflHeadConfiguration : HeadConfiguration
{
    /// <summary>Side of an anchor cell in strides (<c>octave_base_scale</c>).</summary>
    public int OctaveBaseScale { get; init; } = 4;
}

/// <summary>The head of the assign guidance module: plain 3x3 convolutions with group norm, shared by all levels.</summary>
public sealed record SimpleConvHeadConfiguration : HeadConfiguration;

/// <summary>Weights of the losses (<c>loss</c>).</summary>
public sealed record LossConfiguration
{
    /// <summary>Focusing exponent of the quality focal loss.</summary>
    public double QualityFocalBeta { get; init; } = 2;

    /// <summary>Weight of the quality focal loss.</summary>
    public double QualityFocalWeight { get; init; } = 1;

    /// <summary>Weight of the distribution focal loss.</summary>
    public double DistributionFocalWeight { get; init; } = 0.25;

    /// <summary>Weight of the GIoU loss.</summary>
    public double GIoUWeight { get; init; } = 2;
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>A backbone and its settings (<c>model.arch.backbone</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ShuffleNetV2Configuration), "ShuffleNetV2")]
[JsonDerivedType(typeof(EfficientNetLiteConfiguration), "EfficientNetLite")]
[JsonDerivedType(typeof(RepVggConfiguration), "RepVGG")]
[JsonDerivedType(typeof(CustomCspNetConfiguration), "CustomCspNet")]
[JsonDerivedType(typeof(TimmConfiguration), "TIMMWrapper")]
[JsonDerivedType(typeof(ResNetConfiguration), "ResNet")]
[JsonDerivedType(typeof(MobileNetV2Configuration), "MobileNetV2")]
[JsonDerivedType(typeof(GhostNetConfiguration), "GhostNet")]
public abstract record BackboneConfiguration
{
    /// <summary>The last three stages, whose outputs go to the neck unless a configuration says otherwise.</summary>
    public static ImmutableArray<int> UsualOutStages { get; } = [2, 3, 4];

    /// <summary>Stages whose outputs go to the neck, in order.</summary>
    public ImmutableArray<int> OutStages { get; init; } = UsualOutStages;

    /// <summary>Activation of the whole backbone.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>
    /// Whether a file asks for ImageNet weights (<c>pretrain</c>). Which weights those are is <see cref="ScheduleConfiguration.BackboneWeights"/>,
    /// so it is no part of the effective configuration.
    /// </summary>
    [JsonIgnore]
    public bool WantsWeights { get; init; }

    /// <summary>The backbone in words, for messages.</summary>
    public abstract string Describe();

    /// <summary>Returns what a stage makes.</summary>
    /// <param name="stage">Its number, as in <see cref="OutStages"/>.</param>
    /// <returns>Null if the backbone has no such stage, or cannot be trained yet.</returns>
    public abstract BackboneStage? StageOf(int stage);
}

/// <summary>ShuffleNetV2 (Ma et al., 2018).</summary>
/// <param name="ModelSize">Width: <c>0.5x</c>, <c>1.0x</c>, <c>1.5x</c> or <c>2.0x</c>.</param>
public sealed record ShuffleNetV2Configuration(string ModelSize) : BackboneConfiguration
{
    /// <summary>Whether a fifth convolution follows the last stage (<c>with_last_conv</c>).</summary>
    public bool WithLastConvolution { get; init; }

    /// <summary>Kernel of the depthwise convolutions, in pixels.</summary>
    public int KernelSize { get; init; } = 3;

    /// <inheritdoc />
    public override string Describe() => $"ShuffleNetV2 {ModelSize}";

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => stage is >= 2 and <= 4 && ShuffleNetV2Channels.Of(ModelSize) is { } channels
        ? new(stage == 4 && WithLastConvolution ? channels[4] : channels[stage - 1], 2 << stage)
        : null;
}

/// <summary>EfficientNet-Lite 0 to 4.</summary>
/// <param name="ModelName"><c>efficientnet_lite0</c> to <c>efficientnet_lite4</c>.</param>
public sealed record EfficientNetLiteConfiguration(string ModelName) : BackboneConfiguration
{
    /// <inheritdoc />
    public override string Describe() => ModelName;

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => EfficientNetLiteStage.Of(ModelName) is { } stages && stage >= 0 && stage < stages.Length
        ? new(stages[stage].Channels, stages[..(stage + 1)].Aggregate(2, (stride, inner) => stride * inner.Step))
        : null;
}

/// <summary>RepVGG (Ding et al., 2021).</summary>
/// <param name="Name"><c>A0</c> and its siblings (<c>arch</c>).</param>
public sealed record RepVggConfiguration(string Name) : BackboneConfiguration
{
    /// <summary>Channels of the last stage; null for the table's own.</summary>
    public int? LastChannel { get; init; }

    /// <summary>Whether each block is the one convolution that its branches are equal to.</summary>
    public bool Deploy { get; init; }

    /// <inheritdoc />
    public override string Describe() => $"RepVGG {Name}";

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => stage is >= 1 and <= 4 && RepVggShape.Of(Name) is { } shape
        ? new(stage == 4 && LastChannel is { } last ? last : shape.Channels(stage), 2 << stage)
        : null;
}

/// <summary>A chain of convolutions and CSP blocks, written out in the file.</summary>
/// <param name="Layers">The layers in order (<c>net_cfg</c>).</param>
public sealed record CustomCspNetConfiguration(ImmutableArray<CspLayer> Layers) : BackboneConfiguration
{
    /// <inheritdoc />
    public override string Describe() => "CustomCspNet";

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => stage >= 0 && stage < Layers.Length
        ? Layers[..(stage + 1)].Aggregate((BackboneStage?)BackboneStage.Image, (made, layer) => made is { } input ? layer.After(input) : null)
        : null;
}

/// <summary>A network of PyTorch Image Models.</summary>
/// <param name="ModelName">Its name there.</param>
public sealed record TimmConfiguration(string ModelName) : BackboneConfiguration
{
    /// <inheritdoc />
    public override string Describe() => $"TIMMWrapper {ModelName}";

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => stage is >= 0 and <= 3 && ConvNextShape.Of(ModelName) is { } shape
        ? new(shape.Channels(stage), ConvNextShape.Patch << stage)
        : null;
}

/// <summary>ResNet (He et al., 2016).</summary>
/// <param name="Depth">18, 34, 50, 101 or 152.</param>
public sealed record ResNetConfiguration(int Depth) : BackboneConfiguration
{
    /// <inheritdoc />
    public override string Describe() => $"ResNet-{Depth}";

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => stage is >= 1 and <= 4 && ResNetShape.Of(Depth) is { } shape
        ? new(shape.Channels(stage), 2 << stage)
        : null;
}

/// <summary>MobileNetV2 (Sandler et al., 2018).</summary>
public sealed record MobileNetV2Configuration : BackboneConfiguration
{
    /// <summary>Factor on the channels (<c>width_mult</c>).</summary>
    public double WidthMultiplier { get; init; } = 1;

    /// <summary>Channels of the convolution behind the last stage, which do not depend on the width.</summary>
    public int LastChannel { get; init; } = 1280;

    /// <inheritdoc />
    public override string Describe() => FormattableString.Invariant($"MobileNetV2 {WidthMultiplier}x");

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => MobileNetV2Stage.Of(WidthMultiplier) is { } stages && stage >= 0 && stage < stages.Length
        ? new(stage == stages.Length - 1 ? LastChannel : stages[stage].Channels, stages[..(stage + 1)].Aggregate(2, (stride, inner) => stride * inner.Step))
        : null;
}

/// <summary>GhostNet (Han et al., 2020).</summary>
public sealed record GhostNetConfiguration : BackboneConfiguration
{
    /// <summary>Factor on the channels (<c>width_mult</c>).</summary>
    public double WidthMultiplier { get; init; } = 1;

    /// <inheritdoc />
    public override string Describe() => FormattableString.Invariant($"GhostNet {WidthMultiplier}x");

    /// <inheritdoc />
    public override BackboneStage? StageOf(int stage) => GhostNetLayer.Of(WidthMultiplier) is { } stages && stage >= 0 && stage <= GhostNetLayer.LastStage
        ? new(
            stage == GhostNetLayer.LastStage ? GhostNetLayer.LastChannels(WidthMultiplier) : stages[stage][^1].Channels,
            stages.Take(stage + 1).SelectMany(layers => layers).Aggregate(2, (stride, layer) => stride * layer.Step))
        : null;
}

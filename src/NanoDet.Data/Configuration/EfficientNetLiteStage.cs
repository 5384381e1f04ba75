using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>A stage of EfficientNet-Lite, which is EfficientNet (Tan and Le, 2019, table 1) without squeeze and excitation.</summary>
/// <param name="Blocks">The number of its blocks.</param>
/// <param name="KernelSize">Kernel of the depthwise convolutions, in pixels.</param>
/// <param name="Step">2 if its first block halves the size, else 1.</param>
/// <param name="Expansion">Factor from the input channels of a block to those of its depthwise convolution.</param>
/// <param name="Channels">Output channels.</param>
public sealed record EfficientNetLiteStage(int Blocks, int KernelSize, int Step, int Expansion, int Channels)
{
    /// <summary>Channels of the convolution before stage 0, which halves the size; all networks have as many.</summary>
    public const int StemChannels = 32;

    private const int ChannelMultiple = 8;

    private static readonly ImmutableArray<EfficientNetLiteStage> Lite0 =
    [
        new(1, 3, 1, 1, 16),
        new(2, 3, 2, 6, 24),
        new(2, 5, 2, 6, 40),
        new(3, 3, 2, 6, 80),
        new(3, 5, 1, 6, 112),
        new(4, 5, 2, 6, 192),
        new(1, 3, 1, 6, 320),
    ];

    /// <summary>Returns the stages of a network, from stage 0.</summary>
    /// <param name="modelName"><c>efficientnet_lite0</c> to <c>efficientnet_lite4</c>.</param>
    /// <returns>Null for another name.</returns>
    public static ImmutableArray<EfficientNetLiteStage>? Of(string modelName) => modelName switch
    {
        "efficientnet_lite0" => Lite0,
        "efficientnet_lite1" => Scaled(1.0, 1.1),
        "efficientnet_lite2" => Scaled(1.1, 1.2),
        "efficientnet_lite3" => Scaled(1.2, 1.4),
        "efficientnet_lite4" => Scaled(1.4, 1.8),
        _ => null,
    };

    // The first and the last stage keep their depth.
    private static ImmutableArray<EfficientNetLiteStage> Scaled(double width, double depth) =>
    [
        .. Lite0.Select((stage, i) => stage with
        {
            Channels = ChannelRounding.Of(stage.Channels * width, ChannelMultiple),
            Blocks = i == 0 || i == Lite0.Length - 1 ? stage.Blocks : (int)Math.Ceiling(stage.Blocks * depth),
        }),
    ];
}

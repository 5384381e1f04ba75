using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>A stage of MobileNetV2 (Sandler et al., 2018, table 2).</summary>
/// <param name="Expansion">Factor from the input channels of a block to those of its depthwise convolution.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="Blocks">The number of its blocks.</param>
/// <param name="Step">2 if its first block halves the size, else 1.</param>
public sealed record MobileNetV2Stage(int Expansion, int Channels, int Blocks, int Step)
{
    private const int StemWidth = 32;
    private const double SmallestWidth = 0.1;
    private const double LargestWidth = 8;

    private static readonly ImmutableArray<MobileNetV2Stage> All =
        [new(1, 16, 1, 1), new(6, 24, 2, 2), new(6, 32, 3, 2), new(6, 64, 4, 2), new(6, 96, 3, 1), new(6, 160, 3, 2), new(6, 320, 1, 1)];

    /// <summary>Channels of the convolution before stage 0, which halves the size.</summary>
    /// <param name="width">Factor on the channels.</param>
    public static int StemChannels(double width) => (int)(StemWidth * width);

    /// <summary>Returns the stages of a network, from stage 0.</summary>
    /// <param name="width">Factor on the channels.</param>
    /// <returns>Null where it is below 0.1 or above 8.</returns>
    public static ImmutableArray<MobileNetV2Stage>? Of(double width) => width is >= SmallestWidth and <= LargestWidth
        ? [.. All.Select(stage => stage with { Channels = (int)(stage.Channels * width) })]
        : null;
}

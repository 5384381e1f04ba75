using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>A block of GhostNet (Han et al., 2020, table 1).</summary>
/// <param name="KernelSize">Kernel of the depthwise convolutions, in pixels.</param>
/// <param name="InnerChannels">Channels between its two ghost modules.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="Squeezes">Whether squeeze and excitation weighs the channels.</param>
/// <param name="Step">2 if it halves the size, else 1.</param>
public sealed record GhostNetLayer(int KernelSize, int InnerChannels, int Channels, bool Squeezes, int Step)
{
    private const int ChannelMultiple = 4;
    private const int StemWidth = 16;
    private const int LastWidth = 960;
    private const double SmallestWidth = 0.1;
    private const double LargestWidth = 8;

    private static readonly ImmutableArray<ImmutableArray<GhostNetLayer>> All =
    [
        [new(3, 16, 16, false, 1)],
        [new(3, 48, 24, false, 2)],
        [new(3, 72, 24, false, 1)],
        [new(5, 72, 40, true, 2)],
        [new(5, 120, 40, true, 1)],
        [new(3, 240, 80, false, 2)],
        [new(3, 200, 80, false, 1), new(3, 184, 80, false, 1), new(3, 184, 80, false, 1), new(3, 480, 112, true, 1), new(3, 672, 112, true, 1)],
        [new(5, 672, 160, true, 2)],
        [new(5, 960, 160, false, 1), new(5, 960, 160, true, 1), new(5, 960, 160, false, 1), new(5, 960, 160, true, 1)],
    ];

    /// <summary>The number of the last stage, a 1x1 convolution.</summary>
    public static int LastStage => All.Length;

    /// <summary>Channels between the two convolutions that weigh the channels.</summary>
    public int SqueezedChannels => ChannelRounding.Of(InnerChannels * 0.25, ChannelMultiple);

    /// <summary>Channels of the convolution before stage 0, which halves the size.</summary>
    /// <param name="width">Factor on the channels.</param>
    public static int StemChannels(double width) => ChannelRounding.Of(StemWidth * width, ChannelMultiple);

    /// <summary>Channels behind the last stage.</summary>
    /// <param name="width">Factor on the channels.</param>
    public static int LastChannels(double width) => ChannelRounding.Of(LastWidth * width, ChannelMultiple);

    /// <summary>Returns the blocks of stages 0 to 8.</summary>
    /// <param name="width">Factor on the channels.</param>
    /// <returns>Null where it is below 0.1 or above 8.</returns>
    public static ImmutableArray<ImmutableArray<GhostNetLayer>>? Of(double width) => width is >= SmallestWidth and <= LargestWidth
        ? [.. All.Select(stage => stage.Select(layer => layer with
        {
            InnerChannels = ChannelRounding.Of(layer.InnerChannels * width, ChannelMultiple),
            Channels = ChannelRounding.Of(layer.Channels * width, ChannelMultiple),
        }).ToImmutableArray())]
        : null;
}

using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>The form of a ResNet (He et al., 2016, table 1).</summary>
/// <param name="Blocks">Blocks of stages 1 to 4.</param>
/// <param name="IsBottleneck">Whether a block narrows the channels to a quarter around its 3x3 convolution.</param>
public sealed record ResNetShape(ImmutableArray<int> Blocks, bool IsBottleneck)
{
    /// <summary>Channels before stage 1.</summary>
    public const int StemChannels = 64;

    /// <summary>All depths, the smallest first.</summary>
    public static ImmutableArray<int> Depths { get; } = [18, 34, 50, 101, 152];

    /// <summary>Returns the form of a network.</summary>
    /// <param name="depth">One of <see cref="Depths"/>.</param>
    /// <returns>Null for another depth.</returns>
    public static ResNetShape? Of(int depth) => depth switch
    {
        18 => new([2, 2, 2, 2], false),
        34 => new([3, 4, 6, 3], false),
        50 => new([3, 4, 6, 3], true),
        101 => new([3, 4, 23, 3], true),
        152 => new([3, 8, 36, 3], true),
        _ => null,
    };

    /// <summary>Channels of the 3x3 convolutions of a stage.</summary>
    /// <param name="stage">1 to 4.</param>
    public static int InnerChannels(int stage) => StemChannels << (stage - 1);

    /// <summary>Channels behind a stage.</summary>
    /// <param name="stage">1 to 4.</param>
    public int Channels(int stage) => InnerChannels(stage) * (IsBottleneck ? 4 : 1);
}

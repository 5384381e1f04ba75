using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>Channels of ShuffleNetV2 (Ma et al., 2018, table 5), by its width.</summary>
public static class ShuffleNetV2Channels
{
    /// <summary>Channels behind the first convolution, behind stages 2, 3 and 4, and behind the last convolution.</summary>
    /// <param name="modelSize"><c>0.5x</c>, <c>1.0x</c>, <c>1.5x</c> or <c>2.0x</c>.</param>
    /// <returns>Null for another width.</returns>
    public static ImmutableArray<int>? Of(string modelSize) => modelSize switch
    {
        "0.5x" => [24, 48, 96, 192, 1024],
        "1.0x" => [24, 116, 232, 464, 1024],
        "1.5x" => [24, 176, 352, 704, 1024],
        "2.0x" => [24, 244, 488, 976, 2048],
        _ => null,
    };

    /// <summary>Channels behind a stage; 0 where there is no such width or stage.</summary>
    /// <param name="modelSize">The width.</param>
    /// <param name="stage">2, 3 or 4.</param>
    public static int OfStage(string modelSize, int stage) => stage is >= 2 and <= 4 && Of(modelSize) is { } channels ? channels[stage - 1] : 0;
}

using System.Collections.Immutable;

namespace NanoDet.Data.Configuration;

/// <summary>Depth and width of RepVGG (Ding et al., 2021, tables 2 and 3), by its name.</summary>
/// <param name="Blocks">Blocks of stages 1 to 4.</param>
/// <param name="Width">Factor on the channels of stages 1, 2 and 3.</param>
/// <param name="LastWidth">Factor on the channels of stage 4.</param>
/// <param name="Groups">Groups of the convolutions of every second block.</param>
public sealed record RepVggShape(ImmutableArray<int> Blocks, double Width, double LastWidth, int Groups = 1)
{
    private static readonly ImmutableArray<int> ShortBlocks = [2, 4, 14, 1];
    private static readonly ImmutableArray<int> LongBlocks = [4, 6, 16, 1];

    // The last block whose convolutions may have groups; the blocks are counted from the first one of stage 1.
    private const int LastGroupedBlock = 26;

    private static readonly ImmutableSortedDictionary<string, RepVggShape> All = new Dictionary<string, RepVggShape>
    {
        ["A0"] = new(ShortBlocks, 0.75, 2.5),
        ["A1"] = new(ShortBlocks, 1, 2.5),
        ["A2"] = new(ShortBlocks, 1.5, 2.75),
        ["B0"] = new(LongBlocks, 1, 2.5),
        ["B1"] = new(LongBlocks, 2, 4),
        ["B1g2"] = new(LongBlocks, 2, 4, 2),
        ["B1g4"] = new(LongBlocks, 2, 4, 4),
        ["B2"] = new(LongBlocks, 2.5, 5),
        ["B2g2"] = new(LongBlocks, 2.5, 5, 2),
        ["B2g4"] = new(LongBlocks, 2.5, 5, 4),
        ["B3"] = new(LongBlocks, 3, 5),
        ["B3g2"] = new(LongBlocks, 3, 5, 2),
        ["B3g4"] = new(LongBlocks, 3, 5, 4),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Keys];

    /// <summary>Returns the shape of a network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>Null for another name.</returns>
    public static RepVggShape? Of(string name) => All.GetValueOrDefault(name);

    /// <summary>Channels behind the first block, stage 0.</summary>
    public int StemChannels => Math.Min(64, Channels(1));

    /// <summary>Channels behind a stage.</summary>
    /// <param name="stage">1 to 4.</param>
    public int Channels(int stage) => (int)((32 << stage) * (stage == 4 ? LastWidth : Width));

    /// <summary>Groups of the convolutions of a block.</summary>
    /// <param name="block">Its number, from 1 at the beginning of stage 1.</param>
    public int GroupsOf(int block) => block % 2 == 0 && block <= LastGroupedBlock ? Groups : 1;
}

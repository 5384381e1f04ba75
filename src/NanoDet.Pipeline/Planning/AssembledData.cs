using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;

namespace NanoDet.Pipeline.Planning;

/// <summary>What the files of a project come to, where nothing is wrong with them.</summary>
/// <param name="Meaning">The data set, judged and split.</param>
/// <param name="SplitItems">What the split decided from, in the order of the data set's images.</param>
/// <param name="Split">What the split has to remember.</param>
/// <param name="Configuration">The effective configuration.</param>
/// <param name="Weights">Content of the weights that training starts from.</param>
internal sealed record AssembledData(
    DatasetMeaning Meaning, ImmutableArray<SplitItem> SplitItems, PlannedSplit Split, NanoDetConfiguration Configuration, StartingWeights Weights)
{
    /// <summary>Where the labels stand; null where nobody asks.</summary>
    public LabelPlaces? Places { get; init; }

    /// <summary>Number of images whose part neither an item, a folder nor a list decides.</summary>
    public required int Hashed { get; init; }
}

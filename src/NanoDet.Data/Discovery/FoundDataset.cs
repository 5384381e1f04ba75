using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Discovery;

/// <summary>A data set as it was recognised in a folder. Paths are stored ones.</summary>
internal sealed record FoundDataset
{
    /// <summary>The pictures, in ordinal order.</summary>
    public required ImmutableArray<FoundImage> Images { get; init; }

    /// <summary>The label files, in ordinal order.</summary>
    public required ImmutableArray<FoundLabels> Labels { get; init; }

    /// <summary>Lists that say in which part pictures are.</summary>
    public required ImmutableArray<FoundList> Lists { get; init; }

    /// <summary>The file with the names of the classes (<see cref="ClassSource"/>); null if the labels hold names.</summary>
    public string? ClassFile { get; init; }

    /// <summary>What the layout is called, for people.</summary>
    public required string Layout { get; init; }

    /// <summary>What lies among the data and was passed over: one line for each kind, for people.</summary>
    public required ImmutableArray<string> PassedOver { get; init; }

    /// <summary>What keeps the data from being used: NDB1060 to NDB1062.</summary>
    public required ImmutableArray<Diagnostic> Problems { get; init; }
}

/// <summary>A picture.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Part">The part that a file of the layout gives it; null where there is none, or its folder's name says it.</param>
internal sealed record FoundImage(string Path, DatasetPart? Part = null);

/// <summary>A label file.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Form">Its form as far as it was looked at; null for one that only the reader can tell.</param>
internal sealed record FoundLabels(string Path, LabelFormat? Form);

/// <summary>A list of pictures.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Part">Their part; null where the list's own name says it.</param>
internal sealed record FoundList(string Path, DatasetPart? Part = null);

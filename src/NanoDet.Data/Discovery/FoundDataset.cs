using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Discovery;

/// <summary>A data set as it was recognised in a folder. Paths are stored ones.</summary>
internal sealed record FoundDataset
{
    /// <summary>The folders with pictures.</summary>
    public required ImmutableArray<FoundPictures> Pictures { get; init; }

    /// <summary>The folders with labels, by form.</summary>
    public required ImmutableArray<FoundLabels> Labels { get; init; }

    /// <summary>Stored paths of the pictures.</summary>
    public IEnumerable<string> PicturePaths => Pictures.SelectMany(folder => folder.Files);

    /// <summary>Stored paths of the label files.</summary>
    public IEnumerable<string> LabelPaths => Labels.SelectMany(labels => labels.Files);

    /// <summary>Lists that say in which part pictures are.</summary>
    public required ImmutableArray<FoundList> Lists { get; init; }

    /// <summary>The file with the names of the classes (<see cref="ClassSource"/>); null if the labels hold names.</summary>
    public string? ClassFile { get; init; }

    /// <summary>What the layout is called, for people.</summary>
    public required string Layout { get; init; }

    /// <summary>What lies among the data and was passed over: one line for each kind, for people.</summary>
    public required ImmutableArray<string> PassedOver { get; init; }

    /// <summary>Where there is no picture: what looks like a part of a data set, in sentences for people.</summary>
    public required ImmutableArray<string> Seen { get; init; }

    /// <summary>What keeps the data from being used: NDB1060 to NDB1063; and NDB1061 as a warning.</summary>
    public required ImmutableArray<Diagnostic> Problems { get; init; }

    /// <summary>What keeps the data from being used, and warnings.</summary>
    /// <param name="hasClasses">Whether somebody has named the classes, so that the lists that were found do not matter.</param>
    public IEnumerable<Diagnostic> ProblemsFor(bool hasClasses) => Problems.Where(problem => !(hasClasses && problem.Code is ("NDB1061" or "NDB1062" or "NDB1063")));
}

/// <summary>The pictures of a folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">Their paths.</param>
/// <param name="Part">The part that a file of the layout gives them; null where there is none, or the folder's name says it.</param>
internal sealed record FoundPictures(string Folder, IReadOnlyList<string> Files, DatasetPart? Part);

/// <summary>The label files of one form in a folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Form">Their form as far as they were looked at; null for one that only the reader can tell.</param>
/// <param name="Files">Their paths.</param>
internal sealed record FoundLabels(string Folder, LabelFormat? Form, IReadOnlyList<string> Files);

/// <summary>A list of pictures.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Part">Their part; null where the list's own name says it.</param>
internal sealed record FoundList(string Path, DatasetPart? Part = null);

using NanoDet.Data.Datasets;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>
/// What a project gets besides the items that its patterns found. In the folders that the patterns search
/// (<c>NanoDet.Build.props</c>) items are only taken away, so that a project's own <c>Remove</c> holds; and a project that names
/// images or labels in other folders says itself where its data is, so it gets nothing.
/// </summary>
internal sealed record ProjectItems
{
    // As in the patterns. Where the system ignores case, they find every spelling.
    private static readonly HashSet<string> Searched = new(
        ["images", "JPEGImages", "annotations", "Annotations", "labels", "ImageSets"],
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> SearchedByName = Searched.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What was recognised.</summary>
    public required FoundDataset Dataset { get; init; }

    /// <summary>Images that no item names.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>Images with the part that a description gives them.</summary>
    public required IReadOnlyDictionary<string, DatasetPart> Parts { get; init; }

    /// <summary>Label files that no item names.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Lists that no item names, or that have a part by a description.</summary>
    public required IReadOnlyList<FoundList> Lists { get; init; }

    /// <summary>Images that an item names and that are none.</summary>
    public required IReadOnlyList<string> NoImages { get; init; }

    /// <summary>Label files that an item names and that are none.</summary>
    public required IReadOnlyList<string> NoLabels { get; init; }

    /// <summary>Recognises the data set of a project.</summary>
    /// <param name="project">The project's folder.</param>
    /// <param name="images">Stored paths of the images that items name.</param>
    /// <param name="labels">Those of the label files.</param>
    /// <param name="lists">Those of the lists.</param>
    public static ProjectItems Find(string project, IReadOnlyCollection<string> images, IReadOnlyCollection<string> labels, IReadOnlyCollection<string> lists)
    {
        var files = new DataFiles(images.Concat(labels), project, (name, length) => DataFiles.Read(project, name, length));
        var isNamed = files.Folders.Values.Any(folder => IsElsewhere(folder.Name));
        var known = new HashSet<string>(lists, StringComparer.Ordinal);
        files.Add(lists);
        var broken = new List<string>();
        files.Add(DataFiles.List(project, Searched, broken).Where(file => !known.Contains(file) && (!isNamed || ClassFinder.CanName(file))));
        var found = DatasetFinder.Find(files, isNamed);
        if (found is { Labels.IsEmpty: true, Problems.IsEmpty: true } && !isNamed)
        {
            // The patterns do not match what is not read, and somebody has to be told of it.
            files.Add(DataFiles.List(project, []).Where(file => !IsElsewhere(StoredFolder.Of(file)) && ForeignFile.IsNamed(file)));
            found = DatasetFinder.Find(files);
        }

        // In the folders that are searched, all that can be found is what items name, so a smaller number means that some are none.
        var areImages = files.Folders.Values.Sum(folder => folder.Pictures.Count) >= images.Count;
        var isLabels = found.Labels.Sum(group => IsElsewhere(group.Folder) ? 0 : group.Files.Count) < labels.Count ? found.LabelPaths.ToHashSet(StringComparer.Ordinal) : null;
        return new()
        {
            Dataset = found with { PassedOver = [.. found.PassedOver, .. DataFiles.InWords(broken)] },
            Images = isNamed ? [] : [.. found.Pictures.Where(folder => IsElsewhere(folder.Folder)).SelectMany(folder => folder.Files)],
            Parts = found.Pictures.Where(folder => folder.Part is not null).SelectMany(folder => folder.Files, (folder, file) => (file, folder.Part!.Value))
                .ToDictionary(entry => entry.file, entry => entry.Value, StringComparer.Ordinal),
            Labels = isNamed ? [] : [.. found.Labels.Where(group => IsElsewhere(group.Folder)).SelectMany(group => group.Files)],
            Lists = isNamed ? [] : [.. found.Lists.Where(list => !known.Contains(list.Path) || list.Part is not null)],
            NoImages = areImages ? [] : [.. images.Where(file => (DataFiles.IsHidden(file) || !PictureFile.Is(file)) && !IsElsewhere(StoredFolder.Of(file)))],
            NoLabels = [.. labels.Where(file => ProposedFile.Is(file) || (isLabels?.Contains(file) == false && !IsElsewhere(StoredFolder.Of(file))))],
        };
    }

    /// <summary>Whether the patterns do not search a folder.</summary>
    public static bool IsElsewhere(string folder)
        => !SearchedByName.Contains(folder.AsSpan(0, folder.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end ? end : folder.Length));
}

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

    /// <summary>Images that no item names; and those that one names, if a description gives them a part.</summary>
    public required IReadOnlyList<FoundImage> Images { get; init; }

    /// <summary>Label files that no item names.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Lists that no item names.</summary>
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
        var isNamed = images.Any(IsElsewhere) || labels.Any(IsElsewhere);
        var known = new HashSet<string>(lists, StringComparer.Ordinal);
        var others = DataFiles.List(project, Searched).Where(file => !known.Contains(file) && (!isNamed || ClassFinder.CanName(file)));
        var files = new DataFiles(images.Concat(labels).Concat(lists).Concat(others), (name, length) => DataFiles.Read(project, name, length));
        var found = DatasetFinder.Find(files, isNamed);

        // In the folders that are searched, all that was found is what items name, so a smaller number means that some are no labels.
        var isSmaller = found.Labels.Count(file => !IsElsewhere(file.Path)) < labels.Count;
        var isLabels = isSmaller ? found.Labels.Select(file => file.Path).ToHashSet(StringComparer.Ordinal) : [];
        return new()
        {
            Dataset = found,
            Images = [.. found.Images.Where(image => image.Part is not null || (!isNamed && IsElsewhere(image.Path)))],
            Labels = isNamed ? [] : [.. found.Labels.Select(file => file.Path).Where(IsElsewhere)],
            Lists = isNamed ? [] : [.. found.Lists.Where(list => !known.Contains(list.Path) || list.Part is not null)],
            NoImages = [.. images.Where(file => (DataFiles.IsHidden(file) || !PictureFile.Is(file)) && !IsElsewhere(file))],
            NoLabels = isSmaller ? [.. labels.Where(file => !isLabels.Contains(file) && !IsElsewhere(file))] : [],
        };
    }

    private static bool IsElsewhere(string file) => file.IndexOf('/', StringComparison.Ordinal) is var end && (end < 0 || !SearchedByName.Contains(file.AsSpan(0, end)));
}

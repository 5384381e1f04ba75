namespace NanoDet.Data.Pairing;

/// <summary>The images of one name (without extension), which may be in many folders.</summary>
internal sealed class NamedImages
{
    private int[]? _byFolder;

    /// <summary>The images, by their number.</summary>
    public List<int> All { get; } = new(1);

    /// <summary>Those in some folders.</summary>
    /// <param name="folders">The folders, by their number.</param>
    /// <param name="folderOf">The folder of each image.</param>
    public IReadOnlyList<int> In(int[] folders, int[] folderOf)
    {
        _byFolder ??= [.. All.OrderBy(image => folderOf[image])];
        if (folders is [var one])
        {
            return InOne(_byFolder, one, folderOf);
        }

        var found = new List<int>();
        foreach (var folder in folders)
        {
            found.AddRange(InOne(_byFolder, folder, folderOf));
        }

        return found;
    }

    private static ArraySegment<int> InOne(int[] byFolder, int folder, int[] folderOf)
    {
        var (first, end) = (0, byFolder.Length);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = folderOf[byFolder[middle]] < folder ? (middle + 1, end) : (first, middle);
        }

        for (end = first; end < byFolder.Length && folderOf[byFolder[end]] == folder; end++)
        {
        }

        return new(byFolder, first, end - first);
    }
}

namespace NanoDet.Data.Pairing;

/// <summary>The images of one name (without extension), which may be in many folders.</summary>
internal sealed class NamedImages
{
    private Dictionary<int, List<int>>? _byFolder;

    /// <summary>The images, by their number.</summary>
    public List<int> All { get; } = new(1);

    /// <summary>Those in some folders.</summary>
    /// <param name="folders">The folders, by their number.</param>
    /// <param name="folderOf">The folder of each image.</param>
    public List<int> In(IReadOnlyList<int> folders, IReadOnlyList<int> folderOf)
    {
        _byFolder ??= All.GroupBy(image => folderOf[image]).ToDictionary(group => group.Key, group => group.ToList());
        return [.. folders.SelectMany(folder => _byFolder.GetValueOrDefault(folder) ?? [])];
    }
}

using NanoDet.Tool.Inputs;

namespace NanoDet.Tool.Labels;

/// <summary>Finds the image of a label file: in a given folder, or beside the labels, or in a sibling folder with a usual name.</summary>
internal sealed class PictureIndex
{
    private static readonly string[] SiblingNames = ["images", "JPEGImages"];
    private readonly List<string> _folders;
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _byStem;

    /// <summary>Lists the folders once.</summary>
    /// <param name="labels">The label file, or the folder of the labels.</param>
    /// <param name="images">The folder of the images; null to search.</param>
    public PictureIndex(string labels, string? images)
    {
        var own = Directory.Exists(labels) ? labels : Path.GetDirectoryName(Path.GetFullPath(labels))!;
        var parent = Path.GetDirectoryName(Path.GetFullPath(own));
        _folders = images is not null ? [images]
            : [own, .. SiblingNames.Select(name => Path.Combine(parent ?? own, name)).Where(Directory.Exists)];
        foreach (var folder in _folders.Where(Directory.Exists))
        {
            foreach (var picture in InputList.Pictures(folder))
            {
                _byName.TryAdd(Relative(folder, picture), picture);
            }
        }

        _byStem = _byName.ToLookup(entry => Path.GetFileNameWithoutExtension(entry.Key), entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>Returns the image that a label file names; null if there is none.</summary>
    public string? ByName(string fileName)
        => _byName.TryGetValue(fileName, out var picture) ? picture : Only(_byStem[Path.GetFileNameWithoutExtension(fileName)]);

    /// <summary>Returns the image with the path of a label file except for the extension; null if there is none.</summary>
    /// <param name="relative">Path of the label file in its folder.</param>
    public string? ByStem(string relative)
    {
        var stem = Path.ChangeExtension(relative.Replace('\\', '/'), null);
        var pictures = _byStem[Path.GetFileName(stem)];
        return pictures.FirstOrDefault(picture => Path.ChangeExtension(NameOf(picture), null) == stem) ?? Only(pictures);
    }

    /// <summary>Returns the name of an image in labels: its path in its folder, with forward slashes.</summary>
    public string NameOf(string picture)
        => Relative(_folders.First(folder => Path.GetFullPath(picture).StartsWith(Path.GetFullPath(folder), StringComparison.Ordinal)), picture);

    private static string Relative(string folder, string picture) => Path.GetRelativePath(folder, picture).Replace('\\', '/');

    private static string? Only(IEnumerable<string> pictures) => pictures.Take(2).ToArray() is [var picture] ? picture : null;
}

using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>The files of one folder, by what they may be.</summary>
/// <param name="name">The folder's stored path.</param>
internal sealed class FolderContent(string name)
{
    private HashSet<string>? _stems;

    /// <summary>The folder's stored path.</summary>
    public string Name { get; } = name;

    /// <summary>Pictures.</summary>
    public List<string> Pictures { get; } = [];

    /// <summary>XML files.</summary>
    public List<string> Xml { get; } = [];

    /// <summary>JSON files.</summary>
    public List<string> Json { get; } = [];

    /// <summary>Text files.</summary>
    public List<string> Text { get; } = [];

    /// <summary>Files that describe a data set for YOLO: <c>data.yaml</c>, <c>obj.data</c>, <c>obj.names</c>.</summary>
    public List<string> Descriptions { get; } = [];

    /// <summary>Whether the folder has a picture of the same name as a file.</summary>
    public bool HasPictureOf(string file)
    {
        _stems ??= new(Pictures.Select(PlainName.Stem), StringComparer.OrdinalIgnoreCase);
        return _stems.Contains(PlainName.Stem(file));
    }

    /// <summary>Sorts files into their folders.</summary>
    public static Dictionary<string, FolderContent> Of(DataFiles files)
    {
        var folders = new Dictionary<string, FolderContent>(StringComparer.Ordinal);
        var byName = folders.GetAlternateLookup<ReadOnlySpan<char>>();

        // Most files have the folder and the extension of the one before.
        FolderContent? folder = null;
        var (extension, list) = ("", (List<string>?)null);
        foreach (var file in files.Names)
        {
            var path = file.AsSpan();
            var name = path[..Math.Max(path.LastIndexOf('/'), 0)];
            var own = Path.GetExtension(path);
            if (folder is not null && name.SequenceEqual(folder.Name) && own.SequenceEqual(extension) && own is not ".xml")
            {
                list?.Add(file);
                continue;
            }

            if (folder is null || !name.SequenceEqual(folder.Name))
            {
                if (!byName.TryGetValue(name, out folder))
                {
                    folder = new FolderContent(name.ToString());
                    folders.Add(folder.Name, folder);
                }
            }

            (extension, list) = (own.ToString(), folder.ListFor(path));
            list?.Add(file);
        }

        return folders;
    }

    private List<string>? ListFor(ReadOnlySpan<char> path) => PictureFile.Is(path) ? Pictures : Path.GetExtension(path) switch
    {
        // What GDAL leaves beside a picture.
        var extension when Same(extension, ".xml") => path.EndsWith(".aux.xml", StringComparison.OrdinalIgnoreCase) ? null : Xml,
        var extension when Same(extension, ".json") => Json,
        var extension when Same(extension, ".txt") => Text,
        var extension when Same(extension, ".yaml") || Same(extension, ".yml") || Same(extension, ".data") || Same(extension, ".names") => Descriptions,
        _ => null,
    };

    private static bool Same(ReadOnlySpan<char> one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

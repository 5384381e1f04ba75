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
        foreach (var file in files.Names)
        {
            var path = file.AsSpan();
            var end = Math.Max(path.LastIndexOf('/'), 0);
            if (!byName.TryGetValue(path[..end], out var folder))
            {
                folder = new FolderContent(path[..end].ToString());
                folders.Add(folder.Name, folder);
            }

            folder.ListFor(path)?.Add(file);
        }

        return folders;
    }

    private List<string>? ListFor(ReadOnlySpan<char> path)
    {
        Span<char> extension = stackalloc char[8];
        var length = Path.GetExtension(path).ToLowerInvariant(extension);
        return PictureFile.Is(path) ? Pictures : (length < 0 ? default : extension[..length]) switch
        {
            // What GDAL leaves beside a picture.
            ".xml" => path.EndsWith(".aux.xml", StringComparison.OrdinalIgnoreCase) ? null : Xml,
            ".json" => Json,
            ".txt" => Text,
            ".yaml" or ".yml" or ".data" or ".names" => Descriptions,
            _ => null,
        };
    }
}

using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>The files of one folder, by what they may be.</summary>
/// <param name="name">The folder's stored path.</param>
internal sealed class FolderContent(string name)
{
    private HashSet<string>? _stems;
    private string? _last;
    private List<string>? _list;

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

    /// <summary>Tables, in which labels are not read.</summary>
    public List<string> Tables { get; } = [];

    /// <summary>Lines of JSON and TensorFlow's records, in which labels are not read either.</summary>
    public List<string> Foreign { get; } = [];

    /// <summary>Whether the folder has a picture of the same name as a file.</summary>
    public bool HasPictureOf(string file)
    {
        _stems ??= new(Pictures.Select(PlainName.Stem), StringComparer.OrdinalIgnoreCase);
        return _stems.GetAlternateLookup<ReadOnlySpan<char>>().Contains(PlainName.StemOf(file));
    }

    /// <summary>Adds a file.</summary>
    /// <param name="file">Its stored path.</param>
    public void Add(string file)
    {
        // Most files have the extension of the one before; names of XML, JSON and text have to be looked at.
        var extension = Path.GetExtension(file.AsSpan());
        if (_last is null || !extension.SequenceEqual(_last) || Same(extension, ".xml") || Same(extension, ".json") || Same(extension, ".txt"))
        {
            _list = ListFor(file);
            _last = extension.ToString();
        }

        _list?.Add(file);
    }

    private List<string>? ListFor(ReadOnlySpan<char> path) => PictureFile.Is(path) ? Pictures : Path.GetExtension(path) switch
    {
        // What GDAL leaves beside a picture.
        var extension when Same(extension, ".xml") => path.EndsWith(".aux.xml", StringComparison.OrdinalIgnoreCase) || ProposedFile.Is(path) ? null : Xml,
        var extension when Same(extension, ".json") => IsOwn(Path.GetFileName(path)) ? null : Json,
        var extension when Same(extension, ".txt") => ProposedFile.Is(path) ? null : Text,
        var extension when Same(extension, ".yaml") || Same(extension, ".yml") || Same(extension, ".data") || ClassFinder.IsOfNames(path) => Descriptions,
        var extension when Same(extension, ".csv") => Tables,
        _ when ForeignFile.IsJsonLines(path) || ForeignFile.IsRecords(path) => Foreign,
        _ => null,
    };

    // The lock, the split, the baseline and the manifests of models, which are beside a project or a model.
    private static bool IsOwn(ReadOnlySpan<char> name)
        => name.StartsWith("nanodet.", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".manifest.json", StringComparison.OrdinalIgnoreCase);

    private static bool Same(ReadOnlySpan<char> one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

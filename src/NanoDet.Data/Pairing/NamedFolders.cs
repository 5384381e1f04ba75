using NanoDet.Data.Datasets;

namespace NanoDet.Data.Pairing;

/// <summary>
/// What the names in one file about many images show. A name is relative to the file's folder, or else to a folder above it, or
/// else to a folder below one of these, the nearest first; and <c>instances_train2017.json</c> rather speaks of <c>train2017</c>
/// than of the folder beside it.
/// </summary>
/// <param name="file">The file with the labels.</param>
internal sealed class NamedFolders(string file)
{
    /// <summary>From this rank on, the folder in the name is not the end of the image's folder.</summary>
    public const int OtherFolder = 1_000_000;

    private const int Steps = 4;

    private readonly string _own = StoredFolder.Of(file);
    private readonly DatasetPart? _part = PartFolders.OfFile(StoredFolder.LastName(file));
    private readonly HashSet<string> _words = new(PlainName.Stem(file).Split('_', '-', '.', ' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder of the file.</summary>
    public string Own => _own;

    /// <summary>The folders that a name can be relative to, before all others are searched.</summary>
    public IEnumerable<string> Bases
    {
        get
        {
            for (var folder = _own; folder.Length > 0; folder = StoredFolder.Of(folder))
            {
                yield return folder;
            }

            yield return "";
        }
    }

    /// <summary>How well the folder in a name fits the folder of an image, 0 for best.</summary>
    /// <param name="named">The folder in the name; one that begins with <c>..</c> has been resolved.</param>
    /// <param name="images">The folder of the image.</param>
    public int Rank(string named, string images)
    {
        var (shared, length) = (StoredFolder.SharedEnd(named, images), StoredFolder.Names(named).Length);
        var names = StoredFolder.Names(images);
        var rest = string.Join('/', names[..(names.Length - shared)]);
        var (own, below) = (StoredFolder.Names(_own).Length, StoredFolder.SharedBegin(_own, rest));
        var isBase = below == names.Length - shared;
        if (shared < length)
        {
            // The first folders of the name are those of another machine, as in CVAT's data/obj_train_data, if the others lead here.
            return isBase && (shared > 0 || names.Length == 0) ? ((own - below) * Steps) + 1
                : OtherFolder + Math.Max((int)StoredFolder.Match(named, images), (int)FolderMatch.Counterpart);
        }

        return ((own - below) * Steps) + (isBase ? 0 : IsSpokenOf(StoredFolder.LastName(images)) ? 2 : 3);
    }

    private bool IsSpokenOf(string name) => _words.Contains(name) || (PartFolders.IsPart(name, out var part) && FolderWords.Rest(name).Length > 0 && _part == part);
}

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

    private readonly string _own = StoredFolder.Of(file);
    private readonly HashSet<string> _words = new(PlainName.Stem(file).Split('_', '-', '.', ' '), StringComparer.OrdinalIgnoreCase);

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
        if (shared < Math.Min(length, names.Length))
        {
            return OtherFolder + Math.Max((int)StoredFolder.Match(named, images), (int)FolderMatch.Counterpart);
        }

        var rest = string.Join('/', names[..Math.Max(0, names.Length - length)]);
        var (own, below) = (StoredFolder.Names(_own).Length, StoredFolder.SharedBegin(_own, rest));
        var isBase = length <= names.Length && below == StoredFolder.Names(rest).Length;
        return ((own - below) * 3) + (isBase ? 0 : _words.Contains(StoredFolder.LastName(images)) ? 1 : 2);
    }
}

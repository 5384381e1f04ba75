using NanoDet.Data.Images;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Splitting;

/// <summary>
/// Finds the images that a line of a list means: <c>img1</c>, <c>img1.jpg</c>, <c>north/img1</c>, <c>"my image"</c>,
/// <c>img1 -1</c> (VOC's lists of a class), <c>img1 1 1 1</c> (Oxford's pets), or a full path of another machine whose end fits.
/// </summary>
/// <param name="images">Stored paths of the images.</param>
internal sealed class ListedName(IReadOnlyList<string> images)
{
    // Longer than any path with its quotes.
    private const int LongestLine = 5000;

    private readonly ImageIndex _index = new(images);

    /// <summary>The images: one, or those of the same name in several folders, where the line has no folder that tells which.</summary>
    /// <param name="line">The line.</param>
    /// <param name="list">Stored path of the list.</param>
    public IReadOnlyList<int> Find(string line, string list)
    {
        if (line.Length > LongestLine)
        {
            return [];
        }

        var folders = new NamedFolders(PlainName.Of(list));
        foreach (var name in Readings(line))
        {
            if (Find(name, folders) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>An image of the name in a line, wherever it is; null where there is none.</summary>
    /// <param name="line">The line.</param>
    public int? Elsewhere(string line) => line.Length > LongestLine ? null
        : Readings(line).Select(name => Named(StoredFolder.LastName(PlainName.Of(name)))?.All[0]).FirstOrDefault(image => image is not null);

    private List<int> Find(string name, NamedFolders folders)
    {
        var plain = PlainName.Of(name);
        while (plain.StartsWith("../", StringComparison.Ordinal))
        {
            plain = plain[3..];
        }

        // A name without an extension may have a dot.
        var (folder, file) = (StoredFolder.Of(plain), StoredFolder.LastName(plain));
        if (Named(file) is not { } named)
        {
            return [];
        }

        // From the list's own folder, and, as CVAT writes data/obj_train_data, with the first folders left out. Nothing fits better, so no other is searched.
        for (var rest = folder; rest.Length > 0; rest = rest.Contains('/', StringComparison.Ordinal) ? rest[(rest.IndexOf('/', StringComparison.Ordinal) + 1)..] : "")
        {
            if (_index.In(named, StoredFolder.Below(folders.Own, rest)) is { Count: > 0 } own)
            {
                return Exact([.. own], file);
            }
        }

        var ranked = _index.In(named, folders.Bases.Select(from => StoredFolder.Below(from, folder)), StoredFolder.LastName(folder))
            .Select(image => (Image: image, Rank: folders.Rank(folder, _index.Folder(image))))
            .Where(entry => entry.Rank < NamedFolders.OtherFolder).ToList();
        var best = ranked.Count > 0 ? ranked.Min(entry => entry.Rank) : 0;
        return Exact(Uppermost([.. ranked.Where(entry => entry.Rank == best).Select(entry => entry.Image)]), file);
    }

    private NamedImages? Named(string file) => _index.Named(PictureFile.StemOf(file)) ?? (PictureFile.Is(file) ? _index.Named(file) : null);

    private List<int> Exact(List<int> found, string file)
    {
        var exact = found.FindAll(image => StoredFolder.Same(StoredFolder.LastName(_index.Path(image)), file));
        return exact.Count > 0 ? exact : found;
    }

    /// <summary>The images beside the folders that all others are in: <c>1</c> is not <c>north/1</c> if there is a <c>1</c> beside <c>north</c>.</summary>
    private List<int> Uppermost(List<int> images)
    {
        var folder = images.Select(_index.Folder).MinBy(name => name.Length);
        return images.TrueForAll(image => _index.Folder(image) is var own && (own == folder || folder is "" || own.StartsWith($"{folder}/", StringComparison.Ordinal)))
            ? images.FindAll(image => _index.Folder(image) == folder)
            : images;
    }

    /// <summary>What a line can mean, the plainest first.</summary>
    private static IEnumerable<string> Readings(string line)
    {
        yield return line;
        if (line.Length > 2 && line[0] is '"' or '\'' && line.IndexOf(line[0], 1) is > 1 and var end)
        {
            yield return line[1..end];
        }

        if (line.LastIndexOfAny([' ', '\t']) is > 0 and var space && line[(space + 1)..] is "1" or "-1" or "0")
        {
            yield return line[..space].TrimEnd();
        }

        // Oxford's pets: the class, the species and the breed.
        if (line.Split(' ') is [var pet, .. { Length: 3 } numbers] && numbers.All(number => number.Length > 0 && number.All(char.IsAsciiDigit)))
        {
            yield return pet;
        }

        if (line.IndexOf(" #", StringComparison.Ordinal) is > 0 and var comment)
        {
            yield return line[..comment].TrimEnd();
        }
    }
}

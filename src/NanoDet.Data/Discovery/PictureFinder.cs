using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>
/// Finds the folders with the pictures of a data set. A project has other pictures too, so a folder counts only where it has
/// labels, is called like one for pictures, or is a part of a set whose labels are there.
/// </summary>
internal static class PictureFinder
{
    // So many labels of a folder are tried to see whether their pictures were found.
    private const int Tried = 8;

    // Their pictures always count, so that unlabelled ones are told.
    private static readonly string[] Usual = ["images", "JPEGImages"];

    /// <summary>Finds the folders.</summary>
    /// <param name="folders">All folders.</param>
    /// <param name="labels">The label files.</param>
    public static List<FolderContent> Find(IReadOnlyDictionary<string, FolderContent> folders, IReadOnlyCollection<FoundLabels> labels)
    {
        var besides = labels.Select(group => group.Folder).ToHashSet(StringComparer.Ordinal);
        var roots = besides.Select(Root).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = folders.Values.Where(folder => folder.Pictures.Count > 0 && (besides.Contains(folder.Name) || Belongs(folder.Name, roots))).ToHashSet();
        foreach (var group in labels)
        {
            if (!NamesImages(group) && !group.Files.Take(Tried).Any(file => found.Any(folder => HasPictureOf(folder, file))))
            {
                found.UnionWith(Fitting(folders.Values.Except(found), group.Files));
            }

            var root = Root(group.Folder);
            if (NamesImages(group) && !found.Any(folder => IsBelow(folder.Name, root)))
            {
                var below = Pictured(folders, root);

                // VoTT writes into a folder of its own, which is often beside that of the pictures.
                found.UnionWith(below.Count == 0 && group.Form == LabelFormat.Vott ? Pictured(folders, StoredFolder.Of(root)) : below);
            }
        }

        return [.. found];
    }

    /// <summary>The folder that a data set begins in: above the names that mean something in a layout.</summary>
    public static string Root(string folder)
    {
        var names = StoredFolder.Names(folder);
        var meaning = Array.FindIndex(names, name => FolderName.IsOfPictures(name) || FolderName.IsForLabels(name) || PartFolders.IsPart(name, out _));
        return meaning < 0 ? folder : string.Join('/', names[..meaning]);
    }

    private static List<FolderContent> Pictured(IReadOnlyDictionary<string, FolderContent> folders, string root)
        => [.. folders.Values.Where(folder => folder.Pictures.Count > 0 && IsBelow(folder.Name, root))];

    private static bool NamesImages(FoundLabels labels) => labels.Form is { } form && form.NamesImages();

    private static bool Belongs(string folder, HashSet<string> roots)
    {
        var names = StoredFolder.Names(folder);
        return names.Length > 0
            && (Usual.Contains(names[0], StringComparer.OrdinalIgnoreCase) || roots.Contains(folder)
                || (Root(folder) is var root && root != folder && roots.Contains(root)));
    }

    /// <summary>The folders with most of the pictures that labels name; none where no folder has any.</summary>
    private static IEnumerable<FolderContent> Fitting(IEnumerable<FolderContent> folders, IReadOnlyList<string> labels)
        => folders.Select(folder => (Folder: folder, Count: folder.Pictures.Count == 0 ? 0 : labels.Count(folder.HasPictureOf)))
            .Where(entry => entry.Count > 0)
            .GroupBy(entry => entry.Count, entry => entry.Folder)
            .MaxBy(group => group.Key) ?? Enumerable.Empty<FolderContent>();

    private static bool HasPictureOf(FolderContent folder, string file)
    {
        // Without the set of all names, which would cost more than the search for a few.
        var stem = Path.GetFileNameWithoutExtension(file.AsSpan());
        foreach (var picture in folder.Pictures)
        {
            if (Path.GetFileNameWithoutExtension(picture.AsSpan()).Equals(stem, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBelow(string folder, string root) => root.Length == 0 || folder == root || folder.StartsWith($"{root}/", StringComparison.Ordinal);
}

using System.Text;
using NanoDet.Data.Datasets;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>Finds the lists that say in which part pictures are: VOC's <c>ImageSets</c>, and <c>train.txt</c> beside the data.</summary>
internal static class ListFinder
{
    private static readonly HashSet<string> ForLists = new(StringComparer.OrdinalIgnoreCase) { "lists", "list", "splits", "split", "imagelists" };

    /// <summary>Whether a file has the name of such a list; <c>default.txt</c> is CVAT's for pictures without a part.</summary>
    public static bool IsName(string file) => PlainName.Stem(file) is var name && (name.Equals("default", StringComparison.OrdinalIgnoreCase) || Decides(name));

    /// <summary>
    /// Whether a folder is <c>ImageSets</c> or its <c>Main</c>. VOC's <c>Layout</c>, <c>Segmentation</c> and <c>Action</c> have lists of the same
    /// names beside it, which are the parts of other tasks and contradict those of the detection.
    /// </summary>
    /// <param name="folder">Its stored path.</param>
    public static bool IsOfParts(string folder)
        => IsImageSets(folder) || (StoredFolder.Same(StoredFolder.LastName(folder), "Main") && IsImageSets(StoredFolder.Of(folder)));

    /// <summary>The lists in one folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isRoot">Whether the data set begins in it.</param>
    public static IEnumerable<FoundList> In(FolderContent folder, bool isRoot)
        => isRoot || IsOfParts(folder.Name)
            ? folder.Text.Where(file => Decides(PlainName.Stem(file)) && !folder.HasPictureOf(file)).Select(file => new FoundList(file))
            : [];

    /// <summary>
    /// The lists in folders where none are expected, inside a data set or beside it (<c>images/train.txt</c>, <c>splits/val.txt</c>): those whose
    /// first line names a picture.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="around">The folders of the data set, and those above.</param>
    /// <param name="pictures">The folders with its pictures.</param>
    public static IEnumerable<FoundList> Elsewhere(DataFiles files, IReadOnlyCollection<FolderContent> around, IReadOnlyCollection<FolderContent> pictures)
    {
        var names = around.Select(folder => folder.Name).ToHashSet(StringComparer.Ordinal);
        return files.Folders.Values.Where(folder => folder.Text.Count > 0 && (names.Contains(folder.Name) || (ForLists.Contains(StoredFolder.LastName(folder.Name)) && names.Contains(StoredFolder.Of(folder.Name)))))
            .SelectMany(folder => folder.Text.Where(file => Decides(PlainName.Stem(file)) && !folder.HasPictureOf(file)))
            .Where(file => FirstName(files.Ends(file, LabelTrace.Length).First) is { } name && pictures.Any(folder => folder.HasPictureOf(name)))
            .Select(file => new FoundList(file));
    }

    /// <summary>The picture that the first line of a list names, by its path with an extension.</summary>
    /// <param name="first">The first bytes of the list.</param>
    /// <returns>Null for an empty list.</returns>
    public static string? FirstName(byte[] first)
    {
        foreach (var line in Encoding.UTF8.GetString(EncodedText.InUtf8(first)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith('#'))
            {
                // Behind a name without an extension, VOC's lists of a class have a number, and those of other sets several.
                var name = PlainName.Of(line.Trim('"', '\''));
                return PictureFile.Is(name) ? name : $"{name.Split([' ', '\t'], 2)[0]}.jpg";
            }
        }

        return null;
    }

    private static bool IsImageSets(string folder) => StoredFolder.Same(StoredFolder.LastName(folder), "ImageSets");

    private static bool Decides(string name) => name.Equals("trainval", StringComparison.OrdinalIgnoreCase) || PartNames.TryParse(name, out _);
}

using NanoDet.Data.Datasets;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>Finds the lists that say in which part pictures are: VOC's <c>ImageSets</c>, and <c>train.txt</c> beside the data.</summary>
internal static class ListFinder
{
    /// <summary>Whether a file has the name of such a list; <c>default.txt</c> is CVAT's for pictures without a part.</summary>
    public static bool IsName(string file) => PlainName.Stem(file) is var name && (name.Equals("default", StringComparison.OrdinalIgnoreCase) || Decides(name));

    /// <summary>The lists in one folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isRoot">Whether the data set begins in it.</param>
    public static IEnumerable<FoundList> In(FolderContent folder, bool isRoot)
        => isRoot || StoredFolder.LastName(folder.Name) is var last
            && (StoredFolder.Same(last, "ImageSets") || (StoredFolder.Same(last, "Main") && StoredFolder.Same(StoredFolder.LastName(StoredFolder.Of(folder.Name)), "ImageSets")))
            ? folder.Text.Where(file => Decides(PlainName.Stem(file)) && !folder.HasPictureOf(file)).Select(file => new FoundList(file))
            : [];

    private static bool Decides(string name) => name.Equals("trainval", StringComparison.OrdinalIgnoreCase) || PartNames.TryParse(name, out _);
}

using NanoDet.Data.Datasets;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>Finds the lists that say in which part pictures are: VOC's <c>ImageSets</c>, and <c>train.txt</c> beside the data.</summary>
internal static class ListFinder
{
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

    private static bool IsImageSets(string folder) => StoredFolder.Same(StoredFolder.LastName(folder), "ImageSets");

    private static bool Decides(string name) => name.Equals("trainval", StringComparison.OrdinalIgnoreCase) || PartNames.TryParse(name, out _);
}

using NanoDet.Data.Datasets;

namespace NanoDet.Data.Discovery;

/// <summary>What the names of folders mean in the layouts that tools write, without case.</summary>
internal static class FolderName
{
    private static readonly HashSet<string> ForPictures = new(StringComparer.OrdinalIgnoreCase) { "images", "image", "JPEGImages", "img", "imgs" };
    private static readonly HashSet<string> ForLabels = new(StringComparer.OrdinalIgnoreCase) { "annotations", "annotation", "labels", "label", "xml", "xmls" };

    /// <summary>Whether a folder holds labels by the name of one of its folders, so that what is there and cannot be read is an error.</summary>
    public static bool IsOfLabels(string folder) => folder.Split('/').Any(IsForLabels);

    /// <summary>Whether pictures can be expected in a folder of a name that stands beside a folder of labels: also those of a part.</summary>
    public static bool CanHavePictures(string name) => IsOfPictures(name) || PartFolders.IsPart(name, out _);

    /// <summary>Whether a name is one for folders of pictures.</summary>
    public static bool IsOfPictures(string name) => ForPictures.Contains(name) || IsOfCvat(name);

    /// <summary>Whether a name is one for folders of labels.</summary>
    public static bool IsForLabels(string name) => ForLabels.Contains(name) || IsOfCvat(name);

    /// <summary>CVAT's <c>obj_train_data</c>, <c>obj_valid_data</c> and so on, with pictures and labels.</summary>
    private static bool IsOfCvat(string name)
        => name.Length > "obj__data".Length && name.StartsWith("obj_", StringComparison.OrdinalIgnoreCase) && name.EndsWith("_data", StringComparison.OrdinalIgnoreCase);
}

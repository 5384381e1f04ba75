using NanoDet.Data.Datasets;

namespace NanoDet.Data.Discovery;

/// <summary>What the names of folders mean in the layouts that tools write, without case.</summary>
internal static class FolderName
{
    private static readonly HashSet<string> ForPictures = new(StringComparer.OrdinalIgnoreCase) { "images", "image", "JPEGImages", "img", "imgs", "obj_train_data" };
    private static readonly HashSet<string> ForLabels = new(StringComparer.OrdinalIgnoreCase) { "annotations", "annotation", "labels", "label", "xml", "xmls", "obj_train_data" };

    /// <summary>Whether a folder holds labels by the name of one of its folders, so that what is there and cannot be read is an error.</summary>
    public static bool IsOfLabels(string folder) => folder.Split('/').Any(ForLabels.Contains);

    /// <summary>Whether pictures can be expected in a folder of a name that stands beside a folder of labels: also those of a part.</summary>
    public static bool CanHavePictures(string name) => ForPictures.Contains(name) || PartFolders.IsPart(name, out _);

    /// <summary>Whether a name is one for folders of pictures.</summary>
    public static bool IsOfPictures(string name) => ForPictures.Contains(name);

    /// <summary>Whether a name is one for folders of labels.</summary>
    public static bool IsForLabels(string name) => ForLabels.Contains(name);
}

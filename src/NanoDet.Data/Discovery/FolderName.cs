using NanoDet.Data.Datasets;

namespace NanoDet.Data.Discovery;

/// <summary>What the names of folders mean in the layouts that tools write, without case.</summary>
internal static class FolderName
{
    /// <summary>Whether a folder holds labels by the name of one of its folders, so that what is there and cannot be read is an error.</summary>
    public static bool IsOfLabels(string folder) => folder.Split('/').Any(IsForLabels);

    /// <summary>Whether pictures can be expected in a folder of a name that stands beside a folder of labels: also those of a part.</summary>
    public static bool CanHavePictures(string name) => IsOfPictures(name) || PartFolders.IsPart(name, out _);

    /// <summary>Whether a name is one for folders of pictures: <c>images</c>, or <c>train_images</c>.</summary>
    public static bool IsOfPictures(string name) => FolderWords.IsForPictures(name) || IsOfCvat(name) || IsOfPart(name, FolderWords.WithoutPictures(name));

    /// <summary>Whether a name is one for folders of labels: <c>labels</c>, or <c>train_labels</c>.</summary>
    public static bool IsForLabels(string name) => FolderWords.IsForLabels(name) || IsOfCvat(name) || IsOfPart(name, FolderWords.WithoutLabels(name));

    private static bool IsOfPart(string name, ReadOnlySpan<char> rest) => rest.Length < name.Length && PartFolders.IsPart(name, out _);

    /// <summary>CVAT's <c>obj_train_data</c>, <c>obj_valid_data</c> and so on, with pictures and labels.</summary>
    private static bool IsOfCvat(string name)
        => name.Length > "obj__data".Length && name.StartsWith("obj_", StringComparison.OrdinalIgnoreCase) && name.EndsWith("_data", StringComparison.OrdinalIgnoreCase);
}

using NanoDet.Data.Datasets;

namespace NanoDet.Data.Pairing;

/// <summary>The folder in a stored path, and how two of them compare. The names of folders are compared without case.</summary>
internal static class StoredFolder
{
    /// <summary>The folder of a path; empty for the project's own.</summary>
    public static string Of(string path) => path.LastIndexOf('/') is var end && end > 0 ? path[..end] : "";

    /// <summary>The last name of a folder; empty for the project's own.</summary>
    public static string LastName(string folder) => folder[(folder.LastIndexOf('/') + 1)..];

    /// <summary>A folder below another one.</summary>
    public static string Below(string folder, string name) => $"{folder}/{name}".Trim('/');

    /// <summary>The names of a folder from the top.</summary>
    public static string[] Names(string folder) => folder.Length == 0 ? [] : folder.Split('/');

    /// <summary>How well the folder of labels fits the folder of an image.</summary>
    public static FolderMatch Match(string labels, string images)
    {
        string[] one = Names(labels), other = Names(images);
        var shorter = Math.Min(one.Length, other.Length);
        var begin = SharedBegin(one, other);
        var end = 0;
        while (begin + end < shorter && Same(one[^(end + 1)], other[^(end + 1)]))
        {
            end++;
        }

        return (one.Length - begin - end, other.Length - begin - end) switch
        {
            (0, 0) => FolderMatch.Same,
            ( <= 1, <= 1) => AreStandard(one[begin..^end], other[begin..^end]) ? FolderMatch.Standard : FolderMatch.Counterpart,
            _ when end > 0 => FolderMatch.LastName,
            ( <= 1, _) or (_, <= 1) => FolderMatch.Flat,
            _ => FolderMatch.Different,
        };
    }

    /// <summary>Number of names that two folders have in common at their ends.</summary>
    public static int SharedEnd(string one, string other)
    {
        string[] left = Names(one), right = Names(other);
        var shared = 0;
        while (shared < Math.Min(left.Length, right.Length) && Same(left[^(shared + 1)], right[^(shared + 1)]))
        {
            shared++;
        }

        return shared;
    }

    /// <summary>Number of names that two folders have in common at their beginnings.</summary>
    public static int SharedBegin(string one, string other) => SharedBegin(Names(one), Names(other));

    /// <summary>Whether two names of files or folders are the same without case.</summary>
    public static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the names in which two folders differ are those of labels and of pictures, and say the same besides.</summary>
    private static bool AreStandard(string[] labels, string[] images)
    {
        ReadOnlySpan<char> label = labels is [var one] ? one : default, image = images is [var other] ? other : default;
        var labelRest = FolderWords.WithoutLabels(label);
        var imageRest = FolderWords.WithoutPictures(image);
        return (labelRest.Length < label.Length || imageRest.Length < image.Length) && labelRest.Equals(imageRest, StringComparison.OrdinalIgnoreCase);
    }

    private static int SharedBegin(string[] one, string[] other)
    {
        var shared = 0;
        while (shared < Math.Min(one.Length, other.Length) && Same(one[shared], other[shared]))
        {
            shared++;
        }

        return shared;
    }
}

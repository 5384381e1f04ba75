namespace NanoDet.Data.Datasets;

/// <summary>
/// The part that the names of folders and files give to images: <c>images/train/1.jpg</c>, <c>valid/images/1.jpg</c>,
/// <c>val2017/1.jpg</c>, <c>annotations/instances_val2017.json</c>.
/// </summary>
public static class PartFolders
{
    /// <summary>The part of an image by the last of its folders that is named after one; null if none is.</summary>
    /// <param name="path">Its stored path.</param>
    public static DatasetPart? OfImage(string path)
    {
        var end = path.LastIndexOf('/');
        while (end > 0)
        {
            var start = path.LastIndexOf('/', end - 1) + 1;
            if (IsPart(path.AsSpan(start, end - start), out var part))
            {
                return part;
            }

            end = start - 1;
        }

        return null;
    }

    /// <summary>The part of the images in a file about many: by a word of its own name, or else by its folders.</summary>
    /// <param name="path">Its stored path.</param>
    public static DatasetPart? OfFile(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        foreach (var word in name.SplitAny('_', '-', '.', ' '))
        {
            if (IsPartAlone(name[word], out var part))
            {
                return part;
            }
        }

        return OfImage(path);
    }

    /// <summary>Whether a folder's name has that of a part among other words, and is none itself: <c>bolts_train_2</c>.</summary>
    public static bool IsLikePart(string name)
    {
        if (IsPart(name, out _))
        {
            return false;
        }

        foreach (var word in name.AsSpan().SplitAny('_', '-', '.', ' '))
        {
            if (IsPartAlone(name.AsSpan()[word], out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a folder is called like a part, with or without COCO's year or a word for pictures or labels: <c>train</c>, <c>valid</c>,
    /// <c>test2017</c>, <c>train_images</c>, <c>labels-val</c>, <c>imagesTr</c>.
    /// </summary>
    public static bool IsPart(ReadOnlySpan<char> name, out DatasetPart part)
        => IsPartAlone(name, out part) || (FolderWords.Rest(name) is { Length: > 0 } rest && (IsPartAlone(rest, out part) || IsShort(rest, out part)));

    /// <summary>The short names of medical sets, which stand behind a word: <c>imagesTr</c>, <c>labelsTs</c>.</summary>
    private static bool IsShort(ReadOnlySpan<char> name, out DatasetPart part)
    {
        part = name is "Ts" ? DatasetPart.Test : DatasetPart.Train;
        return name is "Tr" or "Ts";
    }

    private static bool IsPartAlone(ReadOnlySpan<char> name, out DatasetPart part)
    {
        if (name.Length is < 3 or > 14 || (name[0] | 0x20) is not ('t' or 'v'))
        {
            part = default;
            return false;
        }

        var year = name.Length > 4 ? name[^4..] : default;
        return PartNames.TryParse((year.Length == 4 && year.IndexOfAnyExceptInRange('0', '9') < 0 ? name[..^4] : name).ToString(), out part);
    }
}

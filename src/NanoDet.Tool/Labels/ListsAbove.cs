using NanoDet.Data.Discovery;
using NanoDet.Data.Images;
using NanoDet.Data.Pairing;

namespace NanoDet.Tool.Labels;

/// <summary>
/// The lists of images above a folder of labels, which belongs to a data set that begins there: <c>ImageSets/Main/train.txt</c> beside
/// <c>Annotations</c>, and what a <c>data.yaml</c> beside <c>labels</c> names.
/// </summary>
internal static class ListsAbove
{
    private const string ImageSets = "ImageSets";

    // Folders that may not be read are passed over.
    private static readonly EnumerationOptions Here = new();

    /// <summary>The lists in the nearest folder that has some.</summary>
    /// <param name="labels">Full path of the folder of the labels.</param>
    /// <param name="hasPictures">Whether images are in it: then it can be a data set of its own, beside others with lists of theirs.</param>
    /// <param name="levels">How many folders above are searched.</param>
    /// <returns>Their full paths.</returns>
    public static IReadOnlyList<string> Of(string labels, bool hasPictures, int levels)
    {
        var below = labels;
        for (var level = 0; level < levels && Path.GetDirectoryName(below) is { } folder; level++, below = folder)
        {
            var isInside = Means(Path.GetFileName(below));
            if (level > 0 && !isInside)
            {
                break;
            }

            var lists = Described(folder).Concat(Named(folder).Where(list => !hasPictures || isInside || IsAbout(list, below))).Distinct(StringComparer.Ordinal).ToList();
            if (lists.Count > 0)
            {
                return lists;
            }
        }

        return [];
    }

    /// <summary>Whether a list is one of VOC's, which need no description.</summary>
    /// <param name="path">Its stored path.</param>
    public static bool IsOfVoc(string path) => StoredFolder.Names(StoredFolder.Of(path)).TakeLast(2).Contains(ImageSets, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a folder of such a name is inside a data set.</summary>
    private static bool Means(string folder) => PictureFinder.Root(folder).Length == 0;

    /// <summary>Whether the first line of a list leads into a folder of images, which may be called otherwise than those of layouts.</summary>
    private static bool IsAbout(string list, string images)
    {
        const int Looked = 4096;
        var (first, _) = DataFiles.Read(Path.GetDirectoryName(list)!, Path.GetFileName(list), Looked);
        if (ListFinder.FirstName(first) is not { } name)
        {
            return false;
        }

        // A name alone means an image beside the list, or in the only folder of images there.
        var folders = StoredFolder.Names(StoredFolder.Of(name));
        return folders.Length > 0 ? folders.Contains(Path.GetFileName(images), StringComparer.Ordinal)
            : !Directory.EnumerateDirectories(Path.GetDirectoryName(images)!, "*", Here).Any(folder => folder != images && DataFiles.List(folder, []).Any(file => PictureFile.Is(file)));
    }

    private static IEnumerable<string> Described(string folder)
    {
        var files = new DataFiles([], folder, (name, length) => DataFiles.Read(folder, name, length));
        return Directory.EnumerateFiles(folder, "*", Here).Select(Path.GetFileName).OfType<string>().Where(file => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" or ".data")
            .Select(file => DatasetDescription.Read(files, file, [])).OfType<DatasetDescription>()
            .SelectMany(description => description.Parts.Where(entry => IsText(entry.Path)).Select(entry => description.Resolve(entry.Path, name => File.Exists(Path.Combine(folder, name)))))
            .OfType<string>().Select(name => Path.GetFullPath(Path.Combine(folder, name)));
    }

    private static IEnumerable<string> Named(string folder)
    {
        var sets = Below(folder, ImageSets).ToList();
        return sets.SelectMany(set => Below(set, "Main")).Concat(sets).Append(folder)
            .SelectMany(place => Directory.EnumerateFiles(place, "*", Here)).Where(file => IsText(file) && ListFinder.IsName(Path.GetFileName(file)));
    }

    private static IEnumerable<string> Below(string folder, string name)
        => Directory.EnumerateDirectories(folder, "*", Here).Where(path => StoredFolder.Same(Path.GetFileName(path), name));

    private static bool IsText(string path) => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
}

using NanoDet.Data.Discovery;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Labels;

/// <summary>
/// Where the tool looks for labels, their pictures and their classes: in the folder that was named or that of the file that was
/// named; and if no picture is there, in the folders for pictures beside it, as <c>images</c> is beside <c>annotations</c>.
/// </summary>
internal sealed class LabelPlace
{
    // From labels/train to the folder with data.yaml.
    private const int FoldersAbove = 2;

    private static readonly string[] VocFolders = ["annotations", "annotation", "xml", "xmls"];
    private static readonly string[] YoloFolders = ["labels", "label"];

    // Folders that may not be read are passed over.
    private static readonly EnumerationOptions Here = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private LabelPlace(string root, FoundDataset found, IReadOnlyList<string> pictures)
        => (Root, Found, Pictures) = (root, found, pictures);

    /// <summary>The folder that stored paths are relative to.</summary>
    public string Root { get; }

    /// <summary>What was recognised.</summary>
    public FoundDataset Found { get; }

    /// <summary>Stored paths of the pictures that labels can belong to.</summary>
    public IReadOnlyList<string> Pictures { get; }

    /// <summary>Looks at the files.</summary>
    /// <param name="path">The label file, or the folder.</param>
    /// <param name="images">The folder of the images; null to search.</param>
    /// <exception cref="UsageException">There is no such folder of images.</exception>
    public static LabelPlace Of(string path, string? images)
    {
        // The folder above "labels/" would be "labels".
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!));
        if (images is not null && !Directory.Exists(images))
        {
            throw new UsageException($"there is no folder '{images}' (--images)");
        }

        var broken = new List<string>();
        var inside = DataFiles.List(root, [], broken).ToList();
        var lists = ListsAbove.Of(root, inside.Exists(file => PictureFile.Is(file)), FoldersAbove).Select(list => Stored(root, list)).ToList();
        List<string> own = [.. inside, .. Above(root), .. lists];
        if (images is not null)
        {
            var elsewhere = Pictured(root, images).ToList();
            var withImages = Find(root, own.Where(file => !PictureFile.Is(file)).Concat(elsewhere), lists, isOfLabels: true);
            return new LabelPlace(root, withImages, elsewhere).WithNames(root, [images]);
        }

        var found = Find(root, own, lists, isOfLabels: false);
        if (found.Pictures.Length > 0)
        {
            return new LabelPlace(root, found with { PassedOver = [.. found.PassedOver, .. DataFiles.InWords(broken)] }, [.. found.PicturePaths.Order(StringComparer.Ordinal)]);
        }

        var beside = Beside(root) is { Count: > 0 } usual ? usual : Called(root);
        var pictures = beside.SelectMany(folder => Pictured(root, folder)).ToList();
        return new LabelPlace(root, Find(root, own.Concat(pictures), lists, isOfLabels: true), pictures).WithNames(root, beside);
    }

    /// <summary>Looks at the files; a folder of images alone has its labels in the folder beside it, as Ultralytics has it: <c>train/images</c> has <c>train/labels</c>.</summary>
    /// <param name="path">The label file, or the folder.</param>
    /// <param name="images">The folder of the images; null to search.</param>
    public static LabelPlace OfLabelled(string path, string? images)
    {
        var place = Of(path, images);
        return images is null && Directory.Exists(path) && place.Found is { Labels: [], Problems: [] } && LabelsOf(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { } labels
            && Of(labels, path) is { Found.Labels: not [], Pictures.Count: > 0 } beside ? beside : place;
    }

    /// <summary>
    /// Where labels of a picture belong that nobody has put elsewhere: in the folder for labels that the data set has beside that of its
    /// pictures (<c>annotations/a/1.png</c> for <c>images/a/1.png</c>), or else beside the picture.
    /// </summary>
    /// <param name="picture">Path of the picture.</param>
    /// <param name="format">The form of the labels.</param>
    /// <returns>The path with the picture's extension.</returns>
    public static string Beside(string picture, LabelFormat format)
    {
        var full = Path.GetFullPath(picture);
        for (var above = Path.GetDirectoryName(full); above is not null && Path.GetDirectoryName(above) is { } root; above = root)
        {
            if (FolderName.IsOfPictures(Path.GetFileName(above)) && !File.Exists(Path.ChangeExtension(full, format == LabelFormat.Yolo ? ".txt" : ".xml")))
            {
                var names = format == LabelFormat.Yolo ? YoloFolders : VocFolders;
                return Directory.EnumerateDirectories(root, "*", Here).FirstOrDefault(folder => names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase)) is { } labels
                    ? Path.Combine(labels, Path.GetRelativePath(above, full))
                    : picture;
            }
        }

        return picture;
    }

    /// <summary>Whether a picture has a label file of its own where <see cref="Beside(string, LabelFormat)"/> says that it belongs.</summary>
    /// <param name="picture">Path of the picture.</param>
    public static bool IsLabelled(string picture)
        => File.Exists(Path.ChangeExtension(Beside(picture, LabelFormat.Voc), ".xml"))
        || File.Exists(Path.ChangeExtension(Beside(picture, LabelFormat.Yolo), ".txt"));

    /// <summary>
    /// A file in a folder of labels or above it that lists other classes, or the same in another order, than YOLO's numbers would count;
    /// besides the folder's own <c>classes.txt</c>.
    /// </summary>
    /// <param name="labels">The folder.</param>
    /// <param name="classes">The classes.</param>
    /// <returns>Null where there is none.</returns>
    public static string? OtherClasses(string labels, IEnumerable<string> classes)
    {
        var own = Directory.Exists(labels) ? Directory.EnumerateFiles(labels, "*", Here).Where(file => ClassFinder.CanName(file) && !StoredFolder.Same(Path.GetFileName(file), ClassFinder.Usual[0])) : [];
        // Others of such names, a configuration say, list none.
        return own.Concat(Above(Path.TrimEndingDirectorySeparator(Path.GetFullPath(labels))).Select(file => Path.GetFullPath(Path.Combine(labels, file))))
            .FirstOrDefault(file => ClassSource.NamesIn(file) is { } names && !names.SequenceEqual(classes));
    }

    /// <summary>Full path of a stored one.</summary>
    public string Full(string stored) => Path.GetFullPath(Path.Combine(Root, stored));

    /// <summary>What a picture is called in labels: its path in the folder of the pictures.</summary>
    public string NameOf(string picture) => _names.GetValueOrDefault(picture, picture);

    /// <summary>Whether a file is above the folder that was named.</summary>
    /// <param name="stored">Its stored path.</param>
    public static bool IsAbove(string stored) => stored.StartsWith("../", StringComparison.Ordinal);

    private static string? LabelsOf(string images)
    {
        for (var above = images; Path.GetDirectoryName(above) is { } folder; above = folder)
        {
            if (FolderName.IsOfPictures(Path.GetFileName(above)))
            {
                return YoloFolders.Concat(VocFolders).Select(name => Path.Combine(folder, name, Path.GetRelativePath(above, images))).FirstOrDefault(Directory.Exists);
            }
        }

        return null;
    }

    private static FoundDataset Find(string root, IEnumerable<string> files, IReadOnlyList<string> listsAbove, bool isOfLabels)
    {
        var found = DatasetFinder.Find(new DataFiles(files, root, (name, length) => DataFiles.Read(root, name, length)), isOfLabels);
        var own = found.Lists.RemoveAll(list => IsAbove(list.Path));

        // Those beside the images are found with them; the images may be somewhere else.
        return found with
        {
            Lists = own.Length > 0 ? own
                : [.. found.Lists, .. listsAbove.Where(list => ListsAbove.IsOfVoc(list) && !found.Lists.Any(other => other.Path == list)).Select(list => new FoundList(list))],
        };
    }

    private static IEnumerable<string> Pictured(string root, string folder)
        => Directory.Exists(folder) ? DataFiles.List(folder, []).Where(file => PictureFile.Is(file)).Select(file => Stored(root, Path.Combine(folder, file))).Order(StringComparer.Ordinal) : [];

    /// <summary>Descriptions and lists of classes in the folders above.</summary>
    private static IEnumerable<string> Above(string root)
    {
        var folder = Path.GetDirectoryName(root);
        for (var above = 0; above < FoldersAbove && folder is not null; above++, folder = Path.GetDirectoryName(folder))
        {
            // A folder that is about to be written may not be there yet.
            foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", Here) : [])
            {
                if (ClassFinder.CanName(file))
                {
                    yield return Stored(root, file);
                }
            }
        }
    }

    /// <summary>The nearest folders for pictures beside the labels, or beside the folder above.</summary>
    private static List<string> Beside(string root)
    {
        var folder = Path.GetDirectoryName(root);
        for (var above = 0; above < FoldersAbove && folder is not null; above++, folder = Path.GetDirectoryName(folder))
        {
            var found = Directory.EnumerateDirectories(folder, "*", Here).Where(path => !root.StartsWith(path, StringComparison.Ordinal) && FolderName.CanHavePictures(Path.GetFileName(path)))
                .Where(path => Pictured(root, path).Any()).Order(StringComparer.Ordinal).ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>Folders of any name beside the labels that have pictures called like them.</summary>
    private static List<string> Called(string root)
    {
        var stems = DataFiles.List(root, []).Where(file => !PictureFile.Is(file)).Select(PlainName.Stem).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Path.GetDirectoryName(root) is { } folder
            ? [.. Directory.EnumerateDirectories(folder, "*", Here).Where(path => path != root && Directory.EnumerateFiles(path, "*", Here).Any(file => PictureFile.Is(file) && stems.Contains(PlainName.Stem(Path.GetFileName(file))))).Order(StringComparer.Ordinal)]
            : [];
    }

    private static string Stored(string root, string file) => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/');

    private LabelPlace WithNames(string root, List<string> folders)
    {
        foreach (var picture in Pictures)
        {
            // Pictures of several folders keep the name of theirs, because train2017 and val2017 may both have a 1.jpg.
            var from = folders.Count == 1 ? folders[0] : Path.GetDirectoryName(folders[0])!;
            _names[picture] = PlainName.Of(Stored(Path.GetFullPath(from), Path.GetFullPath(Path.Combine(root, picture))));
        }

        return this;
    }
}

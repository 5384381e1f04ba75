using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Splitting;

/// <summary>
/// Lists that say in which part images are: Pascal VOC's (<c>ImageSets/Main/train.txt</c>, <c>val.txt</c>, <c>trainval.txt</c>,
/// <c>test.txt</c>) and darknet's (<c>train.txt</c> with paths). A line is a name with or without folders and extension, in quotes
/// or not (<see cref="ListedName"/>). The lists of single classes beside VOC's (<c>cat_train.txt</c>) do not define parts.
/// </summary>
public sealed class ImageSets
{
    private const int LargestFile = 64 * 1024 * 1024;
    private readonly IReadOnlyList<string> _images;
    private readonly Mention?[] _mentions;
    private readonly Lazy<ListedName> _byImage;
    private readonly Lazy<ListedName>? _byLabels;
    private readonly LabelledImages? _labels;

    /// <summary>Reads lists; files with other names and without a part are ignored.</summary>
    /// <param name="images">Stored paths of the images.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="diagnostics">Takes NDB2003, NDB2004 and NDB2008.</param>
    /// <param name="labels">The label files, for lines that name an image beside its labels while it is elsewhere; null for none.</param>
    public ImageSets(IReadOnlyList<string> images, IEnumerable<ImageList> lists, ICollection<Diagnostic> diagnostics, LabelledImages? labels = null)
    {
        (_images, _labels, _mentions) = (images, labels, new Mention?[images.Count]);
        _byImage = new(() => new ListedName(images));
        _byLabels = labels is null ? null : new(() => new ListedName(labels.Files));
        foreach (var list in lists.OrderBy(list => list.File, StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(list.File);
            if (list.Part is not null)
            {
                Read(list, list.Part, diagnostics);
            }
            else if (name.Equals("trainval", StringComparison.OrdinalIgnoreCase))
            {
                Read(list, null, diagnostics);
            }
            else if (PartNames.TryParse(name, out var part))
            {
                Read(list, part, diagnostics);
            }
        }
    }

    /// <summary>Whether any list names an image, and the part; the part is null for <c>trainval</c>.</summary>
    /// <param name="image">The image by its number.</param>
    public (bool IsListed, DatasetPart? Part) Find(int image) => _mentions[image] is { } mention ? (true, mention.Part) : (false, null);

    private void Read(ImageList list, DatasetPart? part, ICollection<Diagnostic> diagnostics)
    {
        string content;
        try
        {
            content = RegularFile.ReadAllText(list.File, LargestFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(SplitDiagnostics.ListUnreadable(new SourceLocation(list.File), exception.Message.TrimEnd('.')));
            return;
        }

        var line = 0;
        foreach (var text in content.AsSpan().EnumerateLines())
        {
            line++;
            var name = text.Trim().ToString();
            if (name.Length == 0 || name[0] == '#')
            {
                continue;
            }

            var location = new SourceLocation(list.File, line);
            var found = Find(name, list.Path);
            if (found.Count == 0)
            {
                diagnostics.Add(SplitDiagnostics.ListedImageMissing(location, name, _byImage.Value.Elsewhere(name) is { } other ? _images[other] : null));
            }

            foreach (var image in found)
            {
                Mark(image, part, location, name, diagnostics);
            }
        }
    }

    /// <summary>The images of a line: by their own path, or else by that of their labels, as CVAT writes it where it exports no images.</summary>
    private IReadOnlyList<int> Find(string name, string list)
        => _byImage.Value.Find(name, list) is { Count: > 0 } found ? found
            : _labels is { } labels && _byLabels is { } byLabels ? [.. byLabels.Value.Find(name, list).Select(file => labels.ImageOf(labels.Files[file])).OfType<int>()] : [];

    private void Mark(int image, DatasetPart? part, SourceLocation location, string name, ICollection<Diagnostic> diagnostics)
    {
        if (_mentions[image] is not { } known)
        {
            _mentions[image] = new Mention(location) { Part = part };
        }
        else if (known.Part != part && (part is null ? known.Part == DatasetPart.Test : part == DatasetPart.Test || known.Part is not null))
        {
            diagnostics.Add(SplitDiagnostics.ListConflict(location, name, known.Location.File));
        }
        else
        {
            known.Part ??= part;
        }
    }

    private sealed class Mention(SourceLocation location)
    {
        public SourceLocation Location { get; } = location;

        public DatasetPart? Part { get; set; }
    }
}

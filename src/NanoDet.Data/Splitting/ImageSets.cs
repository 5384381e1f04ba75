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
    private readonly Mention?[] _mentions;

    /// <summary>Reads lists; files with other names and without a part are ignored.</summary>
    /// <param name="images">Stored paths of the images.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="diagnostics">Takes NDB2003, NDB2004 and NDB2008.</param>
    public ImageSets(IReadOnlyList<string> images, IEnumerable<ImageList> lists, ICollection<Diagnostic> diagnostics)
    {
        _mentions = new Mention?[images.Count];
        var index = new Lazy<ListedName>(() => new ListedName(images));
        foreach (var list in lists.OrderBy(list => list.File, StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(list.File);
            if (list.Part is not null)
            {
                Read(list, list.Part, index.Value, diagnostics);
            }
            else if (name.Equals("trainval", StringComparison.OrdinalIgnoreCase))
            {
                Read(list, null, index.Value, diagnostics);
            }
            else if (PartNames.TryParse(name, out var part))
            {
                Read(list, part, index.Value, diagnostics);
            }
        }
    }

    /// <summary>Whether any list names an image, and the part; the part is null for <c>trainval</c>.</summary>
    /// <param name="image">The image by its number.</param>
    public (bool IsListed, DatasetPart? Part) Find(int image) => _mentions[image] is { } mention ? (true, mention.Part) : (false, null);

    private void Read(ImageList list, DatasetPart? part, ListedName index, ICollection<Diagnostic> diagnostics)
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
            var found = index.Find(name, list.Path);
            if (found.Count == 0)
            {
                diagnostics.Add(SplitDiagnostics.ListedImageMissing(location, name));
            }

            foreach (var image in found)
            {
                Mark(image, part, location, name, diagnostics);
            }
        }
    }

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

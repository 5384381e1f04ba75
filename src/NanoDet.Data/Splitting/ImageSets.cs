using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Splitting;

/// <summary>
/// Pascal VOC's lists (<c>ImageSets/Main/train.txt</c>, <c>val.txt</c>, <c>trainval.txt</c>, <c>test.txt</c>): one image per line,
/// by its name without the extension. The lists of single classes beside them (<c>cat_train.txt</c>) do not define parts.
/// </summary>
public sealed class ImageSets
{
    private const int LargestFile = 64 * 1024 * 1024;
    private readonly Dictionary<string, Mention> _mentions = new(StringComparer.Ordinal);

    /// <summary>Reads lists; files with other names are ignored.</summary>
    /// <param name="lists">The list files.</param>
    /// <param name="diagnostics">Takes conflicts between lists.</param>
    public ImageSets(IEnumerable<string> lists, ICollection<Diagnostic> diagnostics)
    {
        foreach (var list in lists.Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(list);
            if (name.Equals("trainval", StringComparison.OrdinalIgnoreCase))
            {
                Read(list, null, diagnostics);
            }
            else if (PartNames.TryParse(name, out var part))
            {
                Read(list, part, diagnostics);
            }
        }
    }

    /// <summary>Finds an image in the lists.</summary>
    /// <param name="path">Its path, of which only the name without the extension matters.</param>
    /// <returns>The part (null for <c>trainval</c>) and whether any list names it.</returns>
    public (bool IsListed, DatasetPart? Part) Find(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (!_mentions.TryGetValue(name, out var mention))
        {
            return (false, null);
        }

        mention.IsUsed = true;
        return (true, mention.Part);
    }

    /// <summary>The names that no image has.</summary>
    public IEnumerable<Diagnostic> Unused() => _mentions
        .Where(mention => !mention.Value.IsUsed)
        .Select(mention => SplitDiagnostics.ListedImageMissing(mention.Value.Location, mention.Key));

    private void Read(string list, DatasetPart? part, ICollection<Diagnostic> diagnostics)
    {
        string content;
        try
        {
            content = RegularFile.ReadAllText(list, LargestFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(SplitDiagnostics.ListUnreadable(new SourceLocation(list), exception.Message.TrimEnd('.')));
            return;
        }

        var line = 0;
        foreach (var text in content.AsSpan().EnumerateLines())
        {
            line++;
            var name = text.Trim().ToString();
            if (name.Length == 0)
            {
                continue;
            }

            var location = new SourceLocation(list, line);
            if (!_mentions.TryGetValue(name, out var known))
            {
                _mentions.Add(name, new Mention(location) { Part = part });
            }
            else if (part is not null && known.Part is not null && known.Part != part)
            {
                diagnostics.Add(SplitDiagnostics.ListConflict(location, name, known.Location.File));
            }
            else if (part == DatasetPart.Test || (part is null && known.Part == DatasetPart.Test))
            {
                diagnostics.Add(SplitDiagnostics.ListConflict(location, name, known.Location.File));
            }
            else
            {
                known.Part ??= part;
            }
        }
    }

    private sealed class Mention(SourceLocation location)
    {
        public SourceLocation Location { get; } = location;

        public DatasetPart? Part { get; set; }

        public bool IsUsed { get; set; }
    }
}

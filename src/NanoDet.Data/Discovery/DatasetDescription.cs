using System.Collections.Immutable;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration.Yaml;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>
/// What a file beside a YOLO data set says about it: Ultralytics' <c>data.yaml</c> (names, and folders or lists for
/// <c>train</c>, <c>val</c> and <c>test</c>) or darknet's <c>obj.data</c> (the same in lines <c>key = value</c>).
/// </summary>
/// <param name="File">Its stored path.</param>
/// <param name="NamesFile">The file with the names of the classes, as it is written there; the description itself, or null for none.</param>
/// <param name="Parts">Folders and lists of parts, as they are written there.</param>
internal sealed record DatasetDescription(string File, string? NamesFile, ImmutableArray<(DatasetPart Part, string Path)> Parts)
{
    private const int LargestFile = 1 << 20;

    // As long as any system allows; each of its ends is tried.
    private const int LongestPath = 4096;

    /// <summary>The folder on disk that stored paths are relative to; null where there is none.</summary>
    public string? Root { get; init; }

    /// <summary>Reads a description.</summary>
    /// <param name="files">The files.</param>
    /// <param name="file">The file.</param>
    /// <param name="problems">Takes NDB3001 for a <c>data.yaml</c> that is no YAML.</param>
    /// <returns>Null where it is no description of a data set.</returns>
    public static DatasetDescription? Read(DataFiles files, string file, ICollection<Diagnostic> problems)
    {
        return OfText(file, Encoding.UTF8.GetString(EncodedText.InUtf8(files.Ends(file, LargestFile).First)), problems) is { } description ? description with { Root = files.Root } : null;
    }

    private static DatasetDescription? OfText(string file, string text, ICollection<Diagnostic> problems)
    {
        if (file.EndsWith(".data", StringComparison.OrdinalIgnoreCase))
        {
            return OfDarknet(file, text);
        }

        try
        {
            return text.Contains("names", StringComparison.Ordinal) && YamlDocument.Read(file, text) is YamlMapping mapping ? OfYaml(file, mapping) : null;
        }
        catch (NanoDetException exception)
        {
            if (PlainName.Stem(file).Equals("data", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(exception.Diagnostic);
            }

            return null;
        }
    }

    /// <summary>The folder or file that a path in the description means, which may have been written on another machine.</summary>
    /// <param name="path">The path.</param>
    /// <param name="exists">Whether there is a folder or file of a stored path.</param>
    /// <returns>Null where there is none.</returns>
    public string? Resolve(string path, Func<string, bool> exists)
    {
        if (path.Length > LongestPath)
        {
            return null;
        }

        var plain = PlainName.Of(path).TrimEnd('/');
        var own = StoredFolder.Of(File);
        if (plain is "." or "")
        {
            return path.Length > 0 && exists(own) ? own : null;
        }

        for (var rest = plain; rest.Length > 0;)
        {
            // The folder of all pictures is not what another machine's holdout/images means.
            if (Inside(PlainName.From(own, rest)) is var found && exists(found) && (rest.Length == plain.Length || !FolderName.IsOfPictures(rest)))
            {
                return found;
            }

            // Roboflow writes ../train/images where train/images is meant, and CVAT data/train.txt; a full path is another machine's.
            var next = rest.IndexOf('/', StringComparison.Ordinal);
            rest = next < 0 ? "" : rest[(next + 1)..];
        }

        return null;
    }

    /// <summary>A path that leads out of the folder and into it again, by the shortest way: in the folder <c>train</c>, <c>../train/images</c> is <c>images</c>.</summary>
    private string Inside(string path)
    {
        if (Root is null || !path.StartsWith("../", StringComparison.Ordinal))
        {
            return path;
        }

        string[] names = path.Split('/'), root = PlainName.Of(Root).Split('/');
        var above = names.TakeWhile(name => name == "..").Count();
        var same = 0;
        while (same < above && above <= root.Length && above + same < names.Length && names[above + same] == root[root.Length - above + same])
        {
            same++;
        }

        return string.Join('/', names[same..above].Concat(names[(above + same)..]));
    }

    private static DatasetDescription? OfYaml(string file, YamlMapping mapping)
    {
        YamlNode? Value(string key) => mapping.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
        // A text is no list of names, and whoever reads them says so.
        if (Value("names") is not (YamlSequence or YamlMapping) && !(Value("names") is YamlScalar { IsNull: false } && Value("train") is not null))
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<(DatasetPart, string)>();
        var root = Value("path") is YamlScalar { IsNull: false } scalar ? $"{PlainName.Of(scalar.Text).TrimEnd('/')}/" : "";
        foreach (var (key, value) in mapping.Entries)
        {
            if (PartNames.TryParse(key.Text, out var part))
            {
                parts.AddRange((value is YamlSequence list ? list.Items : [value]).OfType<YamlScalar>().Where(item => !item.IsNull).Select(item => (part, root + item.Text)));
            }
        }

        return new(file, file, parts.ToImmutable());
    }

    private static DatasetDescription? OfDarknet(string file, string text)
    {
        string? names = null;
        var parts = ImmutableArray.CreateBuilder<(DatasetPart, string)>();
        foreach (var line in text.Split('\n'))
        {
            if (line.Split('=', 2) is not [var key, var value])
            {
                continue;
            }

            if (PartNames.TryParse(key, out var part))
            {
                parts.Add((part, value.Trim()));
            }
            else if (key.Trim() == "names")
            {
                names = value.Trim();
            }
        }

        return names is null ? null : new(file, names, parts.ToImmutable());
    }
}

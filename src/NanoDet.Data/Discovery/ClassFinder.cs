using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>Finds the file that names the classes: those behind YOLO's numbers, and the order of those that labels name.</summary>
internal static class ClassFinder
{
    private const int Compared = 1 << 16;
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase) { "classes", "labels", "_darknet", "obj.names", "names" };

    /// <summary>Where people list the classes of labels with names: beside the project, or above the folder of the labels.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["classes.txt", "../classes.txt", "../../classes.txt"];

    /// <summary>Whether a text file has the name of a list of classes.</summary>
    public static bool IsName(string file) => Names.Contains(PlainName.Stem(file));

    /// <summary>Whether a file has the extension of a list of classes: darknet's <c>.names</c>, or that of Roboflow's export for it.</summary>
    public static bool IsOfNames(ReadOnlySpan<char> file)
        => file.EndsWith(".names", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".labels", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file can name classes by its own name.</summary>
    public static bool CanName(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".txt" => IsName(file),
        ".yaml" or ".yml" or ".data" => true,
        ".json" => PlainName.Stem(file) == "notes",
        _ => IsOfNames(file),
    };

    /// <summary>The file that counts: what a description names, then a list, the one nearest to the top first.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folders">The folders that the data set is in, and those that it begins in.</param>
    /// <param name="described">Files that a description (<c>data.yaml</c>, <c>obj.data</c>) names, or that is one.</param>
    /// <param name="json">JSON files with classes.</param>
    /// <param name="numbered">The folders with labels that the classes number.</param>
    /// <param name="problems">Takes NDB1061, where two lists of the same kind differ, or one is not above labels that another one is above; and as a warning where it is clear which one counts.</param>
    /// <returns>Null where there is none.</returns>
    public static string? Find(
        DataFiles files, IEnumerable<FolderContent> folders, IReadOnlyCollection<string> described, IReadOnlyCollection<string> json, IEnumerable<string> numbered, ICollection<Diagnostic> problems)
    {
        var around = folders.ToList();
        IEnumerable<string>[] kinds =
        [
            described,
            around.SelectMany(folder => folder.Descriptions).Where(file => IsOfNames(file)),
            around.SelectMany(folder => folder.Text).Where(file => IsName(file) && !LabelTrace.IsYolo(files.Ends(file, LabelTrace.Length).First)),
            json,
        ];
        var lists = kinds.Select(kind => kind.Distinct(StringComparer.Ordinal).OrderBy(file => file.Count(letter => letter == '/')).ThenBy(file => file, StringComparer.Ordinal).ToImmutableArray())
            .Where(kind => kind.Length > 0).ToList();
        var found = lists.FirstOrDefault([]);

        // A data set beside this one has classes of its own; a better kind of list says nothing about its labels.
        var beside = numbered.Where(labels => !found.Any(file => IsAbove(file, labels))).ToList();
        var worse = lists.Skip(1).SelectMany(kind => kind).ToList();
        var others = worse.Where(file => beside.Exists(labels => IsAbove(file, labels)));
        if (found.Skip(1).Concat(others).FirstOrDefault(other => !AreSame(files, found[0], other)) is { } contradicting)
        {
            problems.Add(DiscoveryDiagnostics.TwoClassLists(found[0], contradicting, firstCounts: false));
        }
        else if (worse.Count > 0 && NamesIn(files, found[0]) is { } names && worse.Find(other => NamesIn(files, other) is { } otherNames && !names.SequenceEqual(otherNames, StringComparer.Ordinal)) is { } passedOver)
        {
            problems.Add(DiscoveryDiagnostics.TwoClassLists(found[0], passedOver, firstCounts: true));
        }

        return found.FirstOrDefault();
    }

    /// <summary>Whether a file is in a folder of labels or above it.</summary>
    private static bool IsAbove(string file, string labels)
        => StoredFolder.Of(file) is var folder && (StoredFolder.LastName(folder) is "" or ".." || labels == folder || labels.StartsWith($"{folder}/", StringComparison.Ordinal));

    /// <summary>Whether two files name the same classes, whatever else is in them.</summary>
    private static bool AreSame(DataFiles files, string one, string other)
        => files.Ends(other, Compared).First.SequenceEqual(files.Ends(one, Compared).First)
            || (NamesIn(files, one) is { } names && NamesIn(files, other) is { } others && names.SequenceEqual(others, StringComparer.Ordinal));

    private static ImmutableArray<string>? NamesIn(DataFiles files, string file) => files.Root is { } root ? ClassSource.NamesIn(Path.Combine(root, file)) : null;
}

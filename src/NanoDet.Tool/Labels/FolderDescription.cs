using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Labels;
using NanoDet.Tool.Models;

namespace NanoDet.Tool.Labels;

/// <summary>Describes what a build or the tool recognises in a folder.</summary>
internal static class FolderDescription
{
    /// <summary>Describes a data set.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="found">What was recognised in it.</param>
    public static IReadOnlyList<DescriptionSection> Of(string path, FoundDataset found)
    {
        var images = found.PicturePaths.Count();
        var forms = found.Labels.GroupBy(group => group.Form is { } form ? form.Name() : "another form").ToDictionary(form => form.Key, form => form.Sum(group => group.Files.Count));
        var parts = found.Pictures.Select(folder => (Part: folder.Part ?? PartFolders.OfImage($"{folder.Folder}/"), folder.Files.Count)).Where(folder => folder.Part is not null)
            .GroupBy(folder => folder.Part!.Value).OrderBy(part => part.Key).ToDictionary(part => PartNames.Of(part.Key), part => part.Sum(folder => folder.Count));
        var lists = found.Lists.Select(list => new { list.Path, Part = list.Part is { } part ? PartNames.Of(part) : null }).ToList();
        return
        [
            new("data set",
            [
                ("path", path),
                ("layout", found.Layout),
                ("images", Text($"{images}")),
                ("label files", Counted(forms, none: "0")),
                ("classes", found.ClassFile ?? "as the labels name them"),
                ("lists", string.Join(", ", lists.Select(list => list.Part is { } part ? $"{list.Path} ({part})" : list.Path).DefaultIfEmpty("-"))),
                ("parts by folder", Counted(parts, none: "-")),
            ])
            {
                Json = ("dataset", new { path, found.Layout, images, LabelFiles = forms, found.ClassFile, lists, PartsByFolder = parts }),
            },
            Lines("seen, but no data set", "seen", found.Seen),
            Lines("passed over", "passedOver", found.PassedOver),
        ];
    }

    private static string Counted(Dictionary<string, int> counts, string none) => string.Join(", ", counts.Select(count => Text($"{count.Value} {count.Key}")).DefaultIfEmpty(none));

    private static DescriptionSection Lines(string title, string name, ImmutableArray<string> lines)
        => new(title, [.. lines.Select((line, index) => (Text($"{index + 1}"), line))]) { Json = (name, lines) };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

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
        var forms = found.Labels.GroupBy(group => group.Form is { } form ? form.Name() : "another form", group => group.Files.Count);
        var parts = found.Pictures.GroupBy(folder => folder.Part ?? PartFolders.OfImage($"{folder.Folder}/"), folder => folder.Files.Count);
        return
        [
            new("data set",
            [
                ("path", path),
                ("layout", found.Layout),
                ("images", Text($"{found.PicturePaths.Count()}")),
                ("label files", found.Labels.IsEmpty ? "0" : string.Join(", ", forms.Select(form => Text($"{form.Sum()} {form.Key}")))),
                ("classes", found.ClassFile ?? "as the labels name them"),
                ("lists", found.Lists.IsEmpty ? "-" : string.Join(", ", found.Lists.Select(list => list.Part is { } part ? $"{list.Path} ({PartNames.Of(part)})" : list.Path))),
                ("parts by folder", string.Join(", ", parts.Where(part => part.Key is not null).OrderBy(part => part.Key).Select(part => Text($"{part.Sum()} {PartNames.Of(part.Key!.Value)}")).DefaultIfEmpty("-"))),
            ]),
            new("seen, but no data set", [.. found.Seen.Select((line, index) => (Text($"{index + 1}"), line))]),
            new("passed over", [.. found.PassedOver.Select((line, index) => (Text($"{index + 1}"), line))]),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

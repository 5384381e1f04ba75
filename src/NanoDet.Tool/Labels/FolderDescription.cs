using System.Globalization;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Splitting;
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
        var forms = found.Labels.CountBy(file => file.Form is { } form ? LayoutName.Of(form) : "another form").OrderByDescending(entry => entry.Value);
        var parts = found.Images.CountBy(image => image.Part ?? PartFolders.OfImage(image.Path));
        return
        [
            new("data set",
            [
                ("path", path),
                ("layout", found.Layout),
                ("images", Text($"{found.Images.Length}")),
                ("label files", found.Labels.IsEmpty ? "0" : string.Join(", ", forms.Select(entry => Text($"{entry.Value} {entry.Key}")))),
                ("classes", found.ClassFile ?? "as the labels name them"),
                ("lists", found.Lists.IsEmpty ? "-" : string.Join(", ", found.Lists.Select(list => list.Part is { } part ? $"{list.Path} ({PartNames.Of(part)})" : list.Path))),
                ("parts by folder", string.Join(", ", parts.Where(entry => entry.Key is not null).OrderBy(entry => entry.Key).Select(entry => Text($"{entry.Value} {PartNames.Of(entry.Key!.Value)}")).DefaultIfEmpty("-"))),
            ]),
            new("passed over", [.. found.PassedOver.Select((line, index) => (Text($"{index + 1}"), line))]),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

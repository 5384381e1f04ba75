using System.Collections.Immutable;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;
using NanoDet.Data.Splitting;

namespace NanoDet.Data.Discovery;

/// <summary>Names for what was recognised, for people.</summary>
internal static class LayoutName
{
    /// <summary>The name of a form.</summary>
    public static string Of(LabelFormat form) => form switch
    {
        LabelFormat.Voc => "Pascal VOC",
        LabelFormat.Coco => "COCO",
        LabelFormat.Yolo => "YOLO",
        _ => "labelme",
    };

    /// <summary>The layout in a few words: the form, where the labels are, and what says the split.</summary>
    public static string Of(List<FoundLabels> labels, ImmutableArray<FoundImage> images, List<DatasetDescription> descriptions, bool hasLists)
    {
        if (labels.Count == 0)
        {
            return images.Length == 0 ? "no data set" : "pictures without labels";
        }

        var forms = labels.Select(file => file.Form is { } form ? Of(form) : "another form").Distinct(StringComparer.Ordinal);
        var folders = images.Select(image => StoredFolder.Of(image.Path)).ToHashSet(StringComparer.Ordinal);
        var beside = labels.TrueForAll(file => folders.Contains(StoredFolder.Of(file.Path)));
        string[] split =
        [
            .. images.Any(image => image.Part is not null || PartFolders.OfImage(image.Path) is not null) ? ["parts by folder"] : Array.Empty<string>(),
            .. hasLists ? ["parts by lists"] : Array.Empty<string>(),
        ];
        var described = descriptions.Count > 0 ? $" with {string.Join(", ", descriptions.Select(description => description.File))}" : "";
        return string.Join(", ", [$"{string.Join(" and ", forms)} {(beside ? "beside the pictures" : "in folders of its own")}{described}", .. split]);
    }
}

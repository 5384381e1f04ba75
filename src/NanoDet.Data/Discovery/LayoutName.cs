using NanoDet.Data.Labels;
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
    /// <param name="labelled">The folders that have label files, with these.</param>
    /// <param name="pictures">The folders with pictures.</param>
    /// <param name="hasParts">Whether a description gives folders a part.</param>
    /// <param name="descriptions">Files that describe the data set.</param>
    /// <param name="hasLists">Whether there are lists of parts.</param>
    public static string Of(
        IReadOnlyCollection<(FolderContent Folder, List<FoundLabels> Labels)> labelled, IReadOnlyCollection<FolderContent> pictures, bool hasParts, List<DatasetDescription> descriptions, bool hasLists)
    {
        if (labelled.Count == 0)
        {
            return pictures.Count == 0 ? "no data set" : "pictures without labels";
        }

        var forms = labelled.SelectMany(entry => entry.Labels.Select(file => file.Form).Distinct()).Distinct().Order().Select(form => form is { } known ? Of(known) : "another form");
        var place = labelled.All(entry => pictures.Contains(entry.Folder)) ? "beside the pictures" : "in folders of its own";
        var described = descriptions.Count > 0 ? $" with {string.Join(", ", descriptions.Select(description => description.File))}" : "";
        var byFolder = hasParts || pictures.Any(folder => PartFolders.OfImage($"{folder.Name}/") is not null) ? ", parts by folder" : "";
        return $"{string.Join(" and ", forms)} {place}{described}{byFolder}{(hasLists ? ", parts by lists" : "")}";
    }
}

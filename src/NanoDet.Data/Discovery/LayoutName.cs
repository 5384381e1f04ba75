using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Discovery;

/// <summary>The name of what was recognised, for people.</summary>
internal static class LayoutName
{
    /// <summary>The layout in a few words: the form, where the labels are, and what says the split.</summary>
    /// <param name="labels">The label files.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="descriptions">Files that describe the data set.</param>
    /// <param name="hasLists">Whether there are lists of parts.</param>
    public static string Of(IReadOnlyCollection<FoundLabels> labels, IReadOnlyCollection<FoundPictures> pictures, List<DatasetDescription> descriptions, bool hasLists)
    {
        if (labels.Count == 0)
        {
            return pictures.Count == 0 ? "no data set" : "pictures without labels";
        }

        var forms = labels.Select(group => group.Form).Distinct().Order().Select(form => form is { } known ? known.Name() : "another form");
        var place = labels.All(group => pictures.Any(folder => folder.Folder == group.Folder)) ? "beside the pictures" : "in folders of its own";
        var described = descriptions.Count > 0 ? $" with {string.Join(", ", descriptions.Select(description => description.File))}" : "";
        var byFolder = pictures.Any(folder => folder.Part is not null || PartFolders.OfImage($"{folder.Folder}/") is not null) ? ", parts by folder" : "";
        return $"{string.Join(" and ", forms)} {place}{described}{byFolder}{(hasLists ? ", parts by lists" : "")}";
    }
}

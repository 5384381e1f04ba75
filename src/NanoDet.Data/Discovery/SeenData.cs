using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;

namespace NanoDet.Data.Discovery;

/// <summary>Says what looks like a part of a data set where no data set was recognised, so that a person sees what is missing.</summary>
internal static class SeenData
{
    /// <summary>The sentences.</summary>
    /// <param name="files">The files.</param>
    /// <param name="labels">The label files, which have no pictures.</param>
    public static ImmutableArray<string> Of(DataFiles files, IReadOnlyCollection<FoundLabels> labels)
        => [.. WithoutPictures(labels), .. WithoutLabels(files), .. InBuildFolders(files), .. Elsewhere(files)];

    private static IEnumerable<string> WithoutPictures(IReadOnlyCollection<FoundLabels> labels)
    {
        if (labels.FirstOrDefault() is { } first)
        {
            var form = first.Form is { } known ? $" ({known.Name()})" : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{Count(labels.Sum(group => group.Files.Count), "label file")} such as '{Shown(first.Files[0])}'{form}, but no pictures of theirs");
        }
    }

    private static IEnumerable<string> WithoutLabels(DataFiles files)
    {
        var pictured = files.Folders.Values.Where(folder => folder.Pictures.Count > 0).ToList();
        if (pictured.MaxBy(folder => folder.Pictures.Count) is { } most)
        {
            var table = pictured.SelectMany(folder => folder.Tables).FirstOrDefault();
            yield return $"{Count(pictured.Sum(folder => folder.Pictures.Count), "picture")} such as '{Shown(most.Pictures[0])}', but no labels of theirs in a form that is read"
                + (table is null ? "" : $" (the table '{Shown(table)}' is not; export the labels as Pascal VOC, COCO or YOLO)");
        }
    }

    private static IEnumerable<string> InBuildFolders(DataFiles files)
        => files.BuildFolderWithPictures() is { } picture
            ? [$"pictures such as '{Shown(picture)}', but builds write into '{Shown(StoredFolder.Of(picture))}' beside a project, so the folder is passed over; move it, with the lists and descriptions of its data set, into another folder, such as 'data'"] : [];

    /// <summary>Folders that a description names and that are not there.</summary>
    private static IEnumerable<string> Elsewhere(DataFiles files)
    {
        var descriptions = files.Folders.Values.SelectMany(folder => folder.Descriptions).Where(file => !ClassFinder.IsOfNames(file)).Order(StringComparer.Ordinal);
        foreach (var description in descriptions.Select(file => DatasetDescription.Read(files, file, [])).OfType<DatasetDescription>().Take(1))
        {
            foreach (var (part, path) in description.Parts.Where(entry => description.Resolve(entry.Path, name => IsThere(files, name)) is null).Take(1))
            {
                yield return $"'{Shown(description.File)}', whose pictures of the {PartNames.InWords(part)} part are in '{Shown(path)}', which is not there";
            }
        }
    }

    private static bool IsThere(DataFiles files, string name)
        => files.Folders.TryGetValue(StoredFolder.Of(name), out var folder) && folder.Text.Contains(name)
            || files.Folders.Keys.Any(folder => folder == name || folder.StartsWith($"{name}/", StringComparison.Ordinal))
            || (files.Root is { } root && name.StartsWith("../", StringComparison.Ordinal) && Path.Exists(Path.Combine(root, name)));

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Shown(string path) => DiagnosticText.Shorten(path);
}

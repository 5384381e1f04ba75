using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Tool.Models;

namespace NanoDet.Tool.Labels;

/// <summary>Reads the labels of a folder, and counts what is in them and what is wrong with them.</summary>
internal static class FolderCounts
{
    private const int MostClasses = 20;

    /// <summary>Counts labelled images, objects, classes, and problems by their codes.</summary>
    /// <param name="path">The folder.</param>
    public static IReadOnlyList<DescriptionSection> Of(string path)
    {
        var problems = new List<Diagnostic>();
        var rows = new List<(string, string)>();
        try
        {
            var set = new LabelSetReader(path, images: null, classes: null, problems.Add).Read(withParts: true);
            problems.AddRange(set.Missing);
            problems.AddRange(set.Images.SelectMany(image => image.Labels.Problems));
            var names = set.Classes.Names;
            rows.Add(("labelled images", Text($"{set.Images.Count(image => image.Picture is not null)}")));
            rows.Add(("images without labels", set.Unlabelled is [var first, ..] ? Text($"{set.Unlabelled.Length}, such as {first}") : "0"));
            rows.Add(("objects", Text($"{set.Images.Sum(image => image.Labels.Objects.Length)}")));
            rows.Add(("classes", Text($"{names.Length}: {string.Join(", ", names.Take(MostClasses))}{(names.Length > MostClasses ? ", ..." : "")}")));
        }
        catch (NanoDetException exception)
        {
            problems.Add(exception.Diagnostic);
        }

        return
        [
            new("labels", rows),
            new("problems", [.. problems.GroupBy(problem => problem.Code).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Text($"{group.Count()}: {group.First()}")))]),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

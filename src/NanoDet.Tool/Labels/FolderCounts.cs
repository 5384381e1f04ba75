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
        DescriptionSection[] labels = [];
        try
        {
            labels = [Labels(new LabelSetReader(path, images: null, classes: null, problems.Add).Read(withParts: true), problems)];
        }
        catch (NanoDetException exception)
        {
            problems.AddRange(exception.Diagnostics);
        }

        var codes = problems.GroupBy(problem => problem.Code).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (Code: group.Key, Count: group.Count(), First: group.First().ToString())).ToList();
        return
        [
            .. labels,
            new("problems", [.. codes.Select(problem => (problem.Code, Text($"{problem.Count}: {problem.First}")))])
            {
                Json = ("problems", codes.ToDictionary(problem => problem.Code, problem => new { problem.Count, problem.First })),
            },
        ];
    }

    private static DescriptionSection Labels(LabelSet set, List<Diagnostic> problems)
    {
        problems.AddRange(set.Missing);
        problems.AddRange(set.Images.SelectMany(image => image.Labels.Problems));
        var (labelledImages, objects, classes) = (set.Images.Count(image => image.Picture is not null), set.Images.Sum(image => image.Labels.Objects.Length), set.Classes.Names);
        return new("labels",
        [
            ("labelled images", Text($"{labelledImages}")),
            ("images without labels", set.Unlabelled is [var first, ..] ? Text($"{set.Unlabelled.Length}, such as {first}") : "0"),
            ("objects", Text($"{objects}")),
            ("classes", Text($"{classes.Length}: {string.Join(", ", classes.Take(MostClasses))}{(classes.Length > MostClasses ? ", ..." : "")}")),
        ])
        {
            Json = ("labels", new { labelledImages, ImagesWithoutLabels = set.Unlabelled, objects, classes }),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Build.Framework;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Items;

/// <summary>Reads the project's items.</summary>
internal static class ImageItems
{
    /// <summary><c>NanoDetImage</c> items with their metadata <c>Split</c>, <c>Group</c>, <c>Weight</c> and <c>Negative</c>.</summary>
    /// <exception cref="NanoDetException">NDB3051: metadata has an invalid value.</exception>
    public static ImmutableArray<PlanImage> Read(IReadOnlyList<ITaskItem> items, string projectFolder)
    {
        var images = ImmutableArray.CreateBuilder<PlanImage>(items.Count);
        foreach (var item in items)
        {
            var image = new PlanImage(ProjectPath.Relative(projectFolder, item.ItemSpec));
            images.Add(image with
            {
                Part = Text(item, "Split") is { } split ? Part(item, split) : null,
                Group = Text(item, "Group"),
                Weight = Text(item, "Weight") is { } weight ? Weight(item, weight) : 1,
                Negative = Text(item, "Negative") is { } negative && Negative(item, negative),
            });
        }

        return images.MoveToImmutable();
    }

    /// <summary>Reads items of which only the path matters.</summary>
    public static ImmutableArray<string> Paths(IReadOnlyList<ITaskItem> items, string projectFolder)
        => [.. items.Select(item => ProjectPath.Relative(projectFolder, item.ItemSpec))];

    /// <summary><c>NanoDetImageSet</c> items with their metadata <c>Split</c>.</summary>
    /// <exception cref="NanoDetException">NDB3051: metadata has an invalid value.</exception>
    public static ImmutableArray<PlanList> Lists(IReadOnlyList<ITaskItem> items, string projectFolder)
        => [.. items.Select(item => new PlanList(ProjectPath.Relative(projectFolder, item.ItemSpec), Text(item, "Split") is { } split ? Part(item, split) : null))];

    private static string? Text(ITaskItem item, string name) => item.GetMetadata(name) is { Length: > 0 } text ? text.Trim() : null;

    private static DatasetPart Part(ITaskItem item, string text)
        => PartNames.TryParse(text, out var part) ? part : throw Wrong(item, "Split", text, "train, val or test");

    private static double Weight(ITaskItem item, string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight > 0 && double.IsFinite(weight)
            ? weight : throw Wrong(item, "Weight", text, "a number above 0");

    private static bool Negative(ITaskItem item, string text)
        => bool.TryParse(text, out var negative) ? negative : throw Wrong(item, "Negative", text, "true or false");

    private static NanoDetException Wrong(ITaskItem item, string name, string value, string expected)
        => new(ProjectDiagnostics.WrongMetadata(item.ItemSpec, name, value, expected, item.GetMetadata("DefiningProjectFullPath")));
}

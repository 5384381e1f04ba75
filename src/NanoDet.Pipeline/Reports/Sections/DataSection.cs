using System.Collections.Immutable;
using NanoDet.Core.Models;
using NanoDet.Data.Datasets;
using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>Counts of the data set: images, objects, classes and sizes of boxes in each part.</summary>
internal static class DataSection
{
    private static readonly DatasetPart[] Parts = [DatasetPart.Train, DatasetPart.Validation, DatasetPart.Test];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, Dataset dataset, ModelMetadata model)
    {
        var parts = Parts.Select(part => dataset.Of(part).ToList()).ToList();
        NumberTable.Write(page, "Images and objects of each part", Headings("count"),
        [
            Row("images", images => images.Count),
            Row("images without objects", images => images.Count(image => image.Objects.IsEmpty)),
            Row("objects", images => images.Sum(image => image.Objects.Length)),
            Row("objects that evaluation ignores", images => images.Sum(image => image.Objects.Count(item => item.Ignored))),
        ]);
        page.Write($"<h3>Objects of each class</h3>");
        var labels = parts.Select(images => images.SelectMany(image => image.Objects).CountBy(item => item.Label).ToDictionary()).ToList();
        WriteBars(page, "Objects of each class", "class", [.. dataset.Classes.Select((name, label) => (name, labels.Select(counts => counts.GetValueOrDefault(label)).ToArray()))]);
        page.Write($"<h3>Sizes of boxes</h3><p>The square root of the area in pixels of the network's input, {model.InputWidth}x{model.InputHeight}, if the image is stretched to it; the strides are {string.Join(", ", model.Strides)}.</p>");
        var sizes = parts.Select(images => images.SelectMany(image => image.Objects.Select(item => RangeOf(item, image, model))).CountBy(range => range).ToDictionary()).ToList();
        WriteBars(page, "Sizes of boxes", "pixels", [.. BoxSizes.Names.Select((name, range) => (name, sizes.Select(counts => counts.GetValueOrDefault(range)).ToArray()))]);

        IReadOnlyList<HtmlPart> Row(string name, Func<List<DatasetImage>, int> count) => [NumberTable.Text(name), .. parts.Select(images => NumberTable.Text(count(images)))];
    }

    // Each bar is as long as its share of the largest count of its column.
    private static void WriteBars(HtmlWriter page, string caption, string heading, ImmutableArray<(string Name, int[] Counts)> rows)
    {
        int[] most = [.. Parts.Select((_, part) => rows.Max(row => row.Counts[part]))];
        NumberTable.Write(page, caption, Headings(heading), rows.Select(row => new[] { NumberTable.Name(row.Name) }
            .Concat(row.Counts.Zip(most, Bar)).ToArray()));
    }

    private static HtmlPart Bar(int count, int most) => page =>
        page.Write($"""<span class="bar" style="width:{100.0 * count / Math.Max(most, 1):0.#}%"></span>{count}""");

    private static string[] Headings(string first) => [first, .. Parts.Select(PartNames.InWords)];

    private static int RangeOf(DatasetObject item, DatasetImage image, ModelMetadata model)
        => BoxSizes.RangeOf(item.Box.Area * model.InputWidth / image.Width * model.InputHeight / image.Height);
}

using NanoDet.Data.Evaluation;
using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>The figures of a model on one part of a data set, of all classes together and of each, beside those of other models.</summary>
internal static class FigureSection
{
    private static readonly string[] Sizes = ["small objects, up to 32² pixels", "medium objects, 32² to 96² pixels", "large objects, from 96² pixels"];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ModelReport report, ReportPart part)
    {
        page.Write($"""
            <p>COCO's figures on the {part.Name}: {Figure.Count(part.Result.Images, "image")}. mAP is the mean average precision over IoU thresholds from 0.50 to 0.95, mAP50 and mAP75 at 0.50 and 0.75; 1 is perfect, – means that there is no object to count.</p>
            <h3>All classes</h3>
            """);
        string[] others = [.. part.Compared.SelectMany(other => new[] { other.Model, "change" })];
        NumberTable.Write(page, $"Figures of the {part.Name}", ["figure", "objects", "this model", .. others], All(part));
        page.Write($"<h3>Each class</h3>");
        var withDetails = part.Details is not null;
        if (withDetails)
        {
            page.Write($"<p>Precision, recall and F1 count the detections with a score of at least {Figure.Of(report.Threshold)}, the threshold of the model, at an IoU of 0.5.</p>");
        }

        NumberTable.Write(
            page,
            $"Figures of each class, {part.Name}",
            ["class", .. withDetails ? ["objects"] : Array.Empty<string>(), "mAP", "mAP50", .. withDetails ? ["precision", "recall", "F1"] : Array.Empty<string>(), .. part.Compared.SelectMany(other => new[] { $"mAP, {other.Model}", "change" })],
            Classes(part));
    }

    private static IEnumerable<IReadOnlyList<HtmlPart>> All(ReportPart part)
    {
        var sizes = part.Details?.ObjectsBySize;
        yield return Row("mAP", part.Details?.Classes.Sum(item => item.Objects), result => result.Map);
        yield return Row("mAP50", null, result => result.Map50);
        yield return Row("mAP75", null, result => result.Map75);
        yield return Row($"mAP of {Sizes[0]}", sizes?[0], result => result.MapSmall);
        yield return Row($"mAP of {Sizes[1]}", sizes?[1], result => result.MapMedium);
        yield return Row($"mAP of {Sizes[2]}", sizes?[2], result => result.MapLarge);
        yield return Row("average recall", null, result => result.Recall);
        yield return Row("largest mean F1", null, result => result.BestF1);
        yield return Row("score threshold of that F1", null, result => result.BestThreshold);

        IReadOnlyList<HtmlPart> Row(string name, int? objects, Func<PartResult, double?> of) =>
        [
            NumberTable.Text(name), NumberTable.Text(objects), Figure.Of(of(part.Result)),
            .. part.Compared.SelectMany(other => new[] { Figure.Of(of(other.Result)), Figure.Change(of(part.Result), of(other.Result)) }),
        ];
    }

    private static IEnumerable<IReadOnlyList<HtmlPart>> Classes(ReportPart part)
    {
        var others = part.Compared.Select(other => other.Result.Classes.DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Map, StringComparer.Ordinal)).ToList();
        foreach (var (label, item) in part.Result.Classes.Index())
        {
            var details = part.Details?.Classes[label];
            yield return
            [
                NumberTable.Name(item.Name),
                .. details is null ? Array.Empty<HtmlPart>() : [NumberTable.Text(details.Objects)],
                Figure.Of(item.Map), Figure.Of(item.Map50),
                .. details is null ? Array.Empty<HtmlPart>() : [Figure.Of(details.Precision), Figure.Of(details.Recall), Figure.Of(details.F1)],
                .. others.SelectMany(other => new[] { Figure.Of(other.GetValueOrDefault(item.Name)), Figure.Change(item.Map, other.GetValueOrDefault(item.Name)) }),
            ];
        }
    }
}

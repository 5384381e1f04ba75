using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>The images with the most errors, with objects and detections drawn on them.</summary>
internal static class WorstSection
{
    private const int MostLines = 20;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ImmutableArray<string> classes, PartDetails details)
    {
        if (details.Worst.IsEmpty)
        {
            page.Write($"<p>No image has an error: at the score threshold of the model, every object is detected, and nothing else is.</p>");
            return;
        }

        page.Write($"""
            <p>The images with the most errors at the score threshold of the model, {PartDetails.MostWorst} at most. Solid boxes are labelled objects, dashed ones are detections.</p>
            <p class="legend"><span><i class="key right"></i>right</span><span><i class="key other"></i>detected with another class</span><span><i class="key wrong"></i>missed, or no object</span><span><i class="key ignored"></i>ignored by the evaluation</span></p>
            <div class="grid3">
            """);
        foreach (var image in details.Worst)
        {
            Write(page, classes, image);
        }

        page.Write($"</div>");
    }

    private static void Write(HtmlWriter page, ImmutableArray<string> classes, WorstImage image)
    {
        var errors = Figure.Count(image.Errors, "error");
        page.Write($"""
            <figure><div class="picture" style="aspect-ratio:{image.Width}/{image.Height}"><img alt="{image.Path}: {errors}, listed below" src="data:image/jpeg;base64,{Convert.ToBase64String(image.Jpeg)}">
            <svg viewBox="0 0 {image.Width} {image.Height}" preserveAspectRatio="none" aria-hidden="true">
            """);
        foreach (var box in image.Boxes)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"x=\"{box.Box.Left:0.#}\" y=\"{box.Box.Top:0.#}\" width=\"{Math.Max(box.Box.Width, 0):0.#}\" height=\"{Math.Max(box.Box.Height, 0):0.#}\"");
            page.WriteOwn($"<rect {place} class=\"under\"/><rect {place} class=\"{Style(box)}\"/>\n");
        }

        page.Write($"</svg></div><figcaption><bdi>{image.Path}</bdi> <small>{errors}</small></figcaption><ul>");
        var lines = image.Boxes.Select(box => Line(classes, box)).OfType<string>().CountBy(line => line).ToList();
        foreach (var (line, count) in lines.Take(MostLines))
        {
            page.Write($"<li>{line}{(count > 1 ? $", {count} times" : "")}</li>");
        }

        if (lines.Count > MostLines)
        {
            page.Write($"<li>and {lines.Count - MostLines} more</li>");
        }

        page.Write($"</ul></figure>\n");
    }

    private static string Style(JudgedBox box)
    {
        var outcome = box.Outcome switch
        {
            BoxOutcome.Right => "right",
            BoxOutcome.OtherClass => "other",
            BoxOutcome.Wrong => "wrong",
            _ => "ignored",
        };
        return box.Score is null ? outcome : $"{outcome} found";
    }

    /// <summary>Says an error in words, once for each pair; null for a box without error.</summary>
    private static string? Line(ImmutableArray<string> classes, JudgedBox box) => (box.Outcome, box.Score) switch
    {
        (BoxOutcome.Wrong, null) => $"missed: {classes[box.Label]}",
        (BoxOutcome.Wrong, { } score) => string.Create(CultureInfo.InvariantCulture, $"no object: {classes[box.Label]} {score:F2}"),
        (BoxOutcome.OtherClass, { } score) => string.Create(CultureInfo.InvariantCulture, $"{classes[box.OtherLabel!.Value]} detected as {classes[box.Label]} {score:F2}"),
        _ => null,
    };
}

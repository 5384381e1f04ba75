using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>The name of the model and its most important figures.</summary>
internal static class SummarySection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ModelReport report)
    {
        page.Write($"""<header><h1><bdi>{report.Name}</bdi> <small>{report.Manifest?.Version ?? report.Model.Version}</small></h1><p>""");
        foreach (var part in report.Parts)
        {
            page.Write($"{part.Name}: <b>{Figure.Of(part.Result.Map)}</b> mAP, <b>{Figure.Of(part.Result.Map50)}</b> mAP50 on {Figure.Count(part.Result.Images, "image")} · ");
        }

        page.Write($"{(report.Model.Classes.Length == 1 ? "1 class" : $"{report.Model.Classes.Length} classes")} · score threshold <b>{Figure.Of(report.Threshold)}</b></p></header>\n");
    }
}

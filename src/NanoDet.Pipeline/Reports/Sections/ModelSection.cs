using System.Globalization;
using NanoDet.Data.Pages;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>What the model takes and gives, its files and its licence.</summary>
internal static class ModelSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ModelReport report)
    {
        var model = report.Model;
        NumberTable.Write(page, "The model", ["property", "value"],
        [
            Row("input", $"{model.InputWidth}x{model.InputHeight}, {(model.KeepRatio ? "aspect ratio kept" : "stretched")}"),
            Row("score threshold", report.Threshold.ToString(CultureInfo.InvariantCulture)),
            Row("IoU of non-maximum suppression", model.IouThreshold.ToString(CultureInfo.InvariantCulture)),
            Row("most detections in an image", model.MaxDetections.ToString(CultureInfo.InvariantCulture)),
            Row("licence", model.License ?? "none is stated; ask the owner of the project"),
            .. report.Manifest?.Files.Select(file => Row(file.Name, $"{file.Bytes} bytes, SHA-256 {file.Sha256}")) ?? [],
        ]);
        page.Write($"<details><summary>{(model.Classes.Length == 1 ? "1 class" : $"{model.Classes.Length} classes")}, in label order</summary><ol start=\"0\">");
        foreach (var name in model.Classes)
        {
            page.Write($"<li><bdi>{name}</bdi></li>");
        }

        page.Write($"</ol></details>");
    }

    private static HtmlPart[] Row(string name, string value) => [NumberTable.Name(name), NumberTable.Name(value)];
}

using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;
using NanoDet.Tool.Models;

namespace NanoDet.Tool.Labels;

/// <summary>Describes a label file.</summary>
internal static class LabelDescription
{
    private const string Manifest = ".manifest.json";

    /// <summary>Describes a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null for a file that is no labels.</returns>
    /// <exception cref="NanoDetException">NDB10xx: it has labels, and something is wrong with them.</exception>
    public static IReadOnlyList<DescriptionSection>? Of(string path)
    {
        if (path.EndsWith(Manifest, StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return null;
        }

        if (FormOf(path) is not { } form)
        {
            return null;
        }

        List<(string, string)> rows = [("path", path), ("form", form.Name())];
        if (form == LabelFormat.Yolo)
        {
            rows.Add(("classes", "by their numbers; inspect the folder of the data set to see the names"));
            return [new("labels", rows)];
        }

        var content = LabelFileReader.Read(path, path);
        var names = ClassList.NamesIn([content]).ToList();
        rows.Add(("images", Text($"{content.Images.Length}")));
        rows.Add(("objects", Text($"{content.Images.Sum(image => image.Objects.Length)}")));
        rows.Add(("classes", names.Count == 0 ? "-" : Text($"{names.Count}: {string.Join(", ", names)}")));
        return [new("labels", rows)];
    }

    private static LabelFormat? FormOf(string path)
    {
        try
        {
            return LabelFormatDetector.DetectFile(path) ?? (LabelFormatDetector.Unread(path) is { Code: "NDB1010" } foreign ? throw new NanoDetException(foreign) : null);
        }
        catch (NanoDetException exception) when (exception.Diagnostic.Code == "NDB1001")
        {
            return null; // It is no JSON, and whoever expects a manifest says so.
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

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

        if (form == LabelFormat.Yolo)
        {
            return
            [
                new("labels", [("path", path), ("form", form.Name()), ("classes", "by their numbers; inspect the folder of the data set to see the names")])
                {
                    Json = ("labels", new { path, Form = form.Name() }),
                },
            ];
        }

        var content = LabelFileReader.Read(path, path);
        var (images, objects, classes) = (content.Images.Length, content.Images.Sum(image => image.Objects.Length), ClassList.NamesIn([content]).ToList());
        return
        [
            new("labels",
            [
                ("path", path),
                ("form", form.Name()),
                ("images", Text($"{images}")),
                ("objects", Text($"{objects}")),
                ("classes", classes.Count == 0 ? "-" : Text($"{classes.Count}: {string.Join(", ", classes)}")),
            ])
            {
                Json = ("labels", new { path, Form = form.Name(), images, objects, classes }),
            },
        ];
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

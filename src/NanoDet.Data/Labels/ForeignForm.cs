using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Forms of labels that are recognised so that somebody can be told what to export instead, and that are not read.</summary>
internal static class ForeignForm
{
    private const string Usual = "export the labels as COCO or Pascal VOC";

    // A name, three numbers, four of the box, and seven in three dimensions.
    private const int NumbersOfKitti = 14, CornersOfDota = 8, Box = 4;

    /// <summary>What a JSON file is by the names of its members.</summary>
    /// <param name="isList">Whether it is a list.</param>
    /// <param name="has">Whether it has a member of a name.</param>
    public static JsonKind KindOf(bool isList, Func<string, bool> has)
        => isList ? has("box2d") ? JsonKind.Scalabel
            : has("data_row") || has("Labeled Data") ? JsonKind.Labelbox
            : has("bbox") && (has("image") || has("imagefilename")) ? JsonKind.Boxes
            : JsonKind.Nothing
        : has("data_format_version") || (has("attribute") && has("metadata") && has("view")) ? JsonKind.Via3
        : has("objects") && (has("classTitle") || (has("size") && has("tags"))) ? JsonKind.Supervisely
        : has("annotations") && (has("bounding_box") || has("schema_ref") || (has("item") && has("slots"))) ? JsonKind.Darwin
        : has("frames") && has("box2d") ? JsonKind.Scalabel
        : JsonKind.Nothing;

    /// <summary>NDB1010 for a kind of JSON that is not read.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="file">The file.</param>
    /// <returns>Null for all other kinds.</returns>
    public static Diagnostic? Of(JsonKind kind, SourceLocation file) => kind switch
    {
        JsonKind.Via3 => LabelDiagnostics.OtherForm(file, "a project of VIA 3", "export it as COCO, or label in VIA 2"),
        JsonKind.Supervisely => LabelDiagnostics.OtherForm(file, "Supervisely's", Usual),
        JsonKind.Darwin => LabelDiagnostics.OtherForm(file, "V7's (Darwin)", Usual),
        JsonKind.Scalabel => LabelDiagnostics.OtherForm(file, "BDD100K's (Scalabel)", Usual),
        JsonKind.Labelbox => LabelDiagnostics.OtherForm(file, "Labelbox's", Usual),
        JsonKind.Boxes => LabelDiagnostics.OtherForm(file, "a list of images with 'bbox'", "CreateML has 'annotations' there, each with a 'label' and 'coordinates'; or " + Usual),
        _ => null,
    };

    /// <summary>NDB1010 for a line of a text that is not YOLO's.</summary>
    /// <param name="line">The line.</param>
    /// <param name="location">Its place.</param>
    /// <returns>Null where it has no form that is known.</returns>
    public static Diagnostic? OfLine(ReadOnlySpan<char> line, SourceLocation location)
    {
        if (line.StartsWith("imagesource:", StringComparison.Ordinal) || line.StartsWith("gsd:", StringComparison.Ordinal))
        {
            return Dota(location);
        }

        var words = 0;
        var numbers = 0;
        var before = 0;
        foreach (var range in line.SplitAny(' ', '\t'))
        {
            if (line[range].IsEmpty)
            {
                continue;
            }

            var isNumber = LabelTrace.IsNumber(line[range]);
            (words, numbers, before) = isNumber ? (words, numbers + 1, before) : (words + 1, numbers, words == 0 ? numbers : before);
        }

        return (words, before) switch
        {
            (1, 0) when numbers is NumbersOfKitti or NumbersOfKitti + 1 => LabelDiagnostics.OtherForm(location, "KITTI's, with names of classes and pixels", Usual),
            (1, 0) when numbers >= Box => LabelDiagnostics.OtherForm(location, "lines with the name of a class and numbers", "YOLO text has the number of the class: write the names into classes.txt, and count from 0"),
            (1, CornersOfDota) => Dota(location),
            _ => null,
        };
    }

    private static Diagnostic Dota(SourceLocation location) => LabelDiagnostics.OtherForm(location, "DOTA's, with corners in pixels and the name of a class", Usual);
}

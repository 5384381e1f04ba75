using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Images;

namespace NanoDet.Data.Labels;

/// <summary>Forms of labels that are recognised so that somebody can be told what to export instead, and that are not read.</summary>
internal static class ForeignForm
{
    private const string Usual = "export the labels as COCO or Pascal VOC";

    // A name, three numbers, four of the box, and seven in three dimensions.
    private const int NumbersOfKitti = 14, CornersOfDota = 8, Box = 4, NumbersOfVisDrone = 8;

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
        : has("imgHeight") && has("imgWidth") && has("objects") ? JsonKind.Cityscapes
        : (has("samples") && has("filepath") && has("detections")) || (has("classes") && has("labels") && has("bounding_box")) ? JsonKind.FiftyOne
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
        JsonKind.Cityscapes => LabelDiagnostics.OtherForm(file, "Cityscapes' polygons", "make COCO's JSON of them, as the converters for Cityscapes do"),
        JsonKind.FiftyOne => LabelDiagnostics.OtherForm(file, "FiftyOne's own", "export as COCODetectionDataset, VOCDetectionDataset or YOLOv5Dataset"),
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

        if (IsVisDrone(line))
        {
            return LabelDiagnostics.OtherForm(location, "VisDrone's (left,top,width,height,score,category,truncation,occlusion)", "convert them, as Ultralytics does for its VisDrone.yaml, or " + Usual);
        }

        if (WithPoints(line) is { } right)
        {
            return LabelDiagnostics.OtherForm(location, "numbers with decimal commas", $"YOLO text has points, and spaces between the numbers: write this line as '{DiagnosticText.Shorten(right)}'");
        }

        if (OfList(line, location) is { } list)
        {
            return list;
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

    /// <summary>NDB1010 for a line of a list that has the boxes of pictures beside their paths, as the trainings in Keras read them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="location">Its place.</param>
    /// <returns>Null for all other lines.</returns>
    public static Diagnostic? OfList(ReadOnlySpan<char> line, SourceLocation location)
    {
        if (!line.Contains(','))
        {
            return null;
        }

        var text = line.ToString();
        if (text.Split(',') is [var path, .. { Length: Box } corners, _] && PictureFile.Is(path.Trim().Trim('"')) && (corners.All(corner => LabelTrace.IsNumber(corner)) || corners.All(string.IsNullOrWhiteSpace)))
        {
            return LabelDiagnostics.OtherForm(location, "a list for Keras (path,x1,y1,x2,y2,class)", Usual);
        }

        var first = text.IndexOf(',', StringComparison.Ordinal);
        var start = text.LastIndexOfAny([' ', '\t'], first);
        return start > 0 && PictureFile.Is(text[..start].Trim()) && text[start..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .All(box => box.Split(',') is { Length: Box + 1 } numbers && numbers.All(number => LabelTrace.IsNumber(number)))
            ? LabelDiagnostics.OtherForm(location, "a list for Keras YOLO (path x1,y1,x2,y2,class)", Usual) : null;
    }

    /// <summary>A line whose numbers have decimal commas, as YOLO has it; null for all others.</summary>
    private static string? WithPoints(ReadOnlySpan<char> line)
    {
        if (!line.Contains(','))
        {
            return null;
        }

        var numbers = line.ToString().Split([' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length > Box && numbers.Any(IsWithComma) && numbers.All(number => IsWithComma(number) || LabelTrace.IsNumber(number))
            ? string.Join(' ', numbers).Replace(',', '.') : null;

        static bool IsWithComma(string number) => number.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma && comma == number.LastIndexOf(',') && comma < number.Length - 1
            && !number.Contains('.', StringComparison.Ordinal) && LabelTrace.IsNumber(number.Replace(',', '.'));
    }

    /// <summary>Whether a line has eight whole numbers with commas.</summary>
    private static bool IsVisDrone(ReadOnlySpan<char> line)
    {
        var numbers = 0;
        foreach (var range in line.TrimEnd(',').Split(','))
        {
            if (!int.TryParse(line[range], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }

            numbers++;
        }

        return numbers == NumbersOfVisDrone;
    }

    private static Diagnostic Dota(SourceLocation location) => LabelDiagnostics.OtherForm(location, "DOTA's, with corners in pixels and the name of a class", Usual);
}

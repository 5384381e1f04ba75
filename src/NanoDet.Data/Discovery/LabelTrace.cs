using System.Globalization;
using System.Text;

namespace NanoDet.Data.Discovery;

/// <summary>What the first and last bytes of a file show about it, without reading it.</summary>
internal static class LabelTrace
{
    /// <summary>So many bytes of each end are looked at.</summary>
    public const int Length = 4096;

    // Two of these: many files have images.
    private static readonly string[] CocoMembers = ["\"images\"", "\"annotations\"", "\"categories\"", "\"file_name\"", "\"bbox\""];
    private static readonly string[] OtherForms = ["\"asset\"", "\"regions\"", "\"_via_img_metadata\"", "\"dm_format_version\"", "\"image\""];

    /// <summary>Whether an XML file is Pascal VOC's, or CVAT's, which the reader explains.</summary>
    public static bool IsVoc(byte[] first) => Text(first).Contains("<annotation", StringComparison.Ordinal);

    /// <summary>What a JSON file is.</summary>
    /// <param name="first">Its first bytes.</param>
    /// <param name="last">Its last bytes.</param>
    public static JsonKind OfJson(byte[] first, byte[] last)
    {
        var (head, tail) = (Text(first), Text(last));
        bool Has(string text) => head.Contains(text, StringComparison.Ordinal) || tail.Contains(text, StringComparison.Ordinal);
        if (Has("\"shapes\"") || Has("\"imagePath\""))
        {
            return JsonKind.LabelMe;
        }

        if (CocoMembers.Count(Has) >= 2)
        {
            return Has("\"segments_info\"") || (Has("\"caption\"") && !Has("\"bbox\"")) ? JsonKind.OtherCoco : JsonKind.Coco;
        }

        // Label Studio leaves the classes of its YOLO export in notes.json.
        return Has("\"categories\"") && Has("Label Studio") ? JsonKind.Classes
            : OtherForms.Any(Has) && (Has("\"annotations\"") || Has("\"regions\"") || Has("\"items\"")) ? JsonKind.OtherLabels
            : JsonKind.Nothing;
    }

    /// <summary>
    /// Whether a text file is YOLO's: numbers, at least five on the first line. Numbers with commas count, so that the reader can say
    /// what is wrong; nothing at all counts as well, because a picture without objects has an empty file.
    /// </summary>
    public static bool IsYolo(byte[] first)
    {
        var line = Text(first).AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        var numbers = 0;
        foreach (var range in line.SplitAny(' ', '\t', ',', ';'))
        {
            if (line[range].Length > 0 && !double.TryParse(line[range], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }

            numbers += line[range].Length > 0 ? 1 : 0;
        }

        return line.IsEmpty || numbers >= 5;
    }

    private static string Text(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes),
        _ => Encoding.Latin1.GetString(bytes),
    };
}

/// <summary>What a JSON file is, as far as its ends show it.</summary>
internal enum JsonKind
{
    /// <summary>No labels.</summary>
    Nothing,

    /// <summary>labelme's, or a form that it grew into.</summary>
    LabelMe,

    /// <summary>COCO's, with boxes.</summary>
    Coco,

    /// <summary>COCO's, without boxes: captions or panoptic.</summary>
    OtherCoco,

    /// <summary>Labels of some other form; the reader says whether it knows it.</summary>
    OtherLabels,

    /// <summary>A list of classes.</summary>
    Classes,
}

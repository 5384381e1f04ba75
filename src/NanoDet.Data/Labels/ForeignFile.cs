using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Files that hold labels and are told by their extensions, and by a look at their first bytes: tables, lists, lines of JSON, and TensorFlow's records. None of them is read.</summary>
internal static class ForeignFile
{
    private const string Usual = "export the labels as COCO or Pascal VOC";
    private static readonly string[] MembersOfBoxes = ["annotations", "bbox", "bboxes", "boxes", "objects", "bounding_box"];
    private static readonly string[][] Corners = [["xmin", "ymin", "xmax", "ymax"], ["x1", "y1", "x2", "y2"], ["x_min", "y_min", "x_max", "y_max"], ["bbox"]];

    /// <summary>Whether a file has the extension of lines of JSON.</summary>
    public static bool IsJsonLines(ReadOnlySpan<char> path)
        => path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file has the extension of TensorFlow's records, perhaps with the number of a piece.</summary>
    public static bool IsRecords(ReadOnlySpan<char> path)
        => Path.GetExtension(path) is var extension && (extension.StartsWith(".tfrecord", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".record", StringComparison.OrdinalIgnoreCase) || extension.StartsWith(".record-", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file can be one of these by its extension, and can be nothing that is read.</summary>
    public static bool IsNamed(ReadOnlySpan<char> path) => IsJsonLines(path) || IsRecords(path) || path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>NDB1010 for labels in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">Gives its first bytes.</param>
    /// <returns>Null where nothing shows that there are labels in it.</returns>
    public static Diagnostic? Of(string path, Func<byte[]> first)
    {
        if (IsRecords(path))
        {
            return LabelDiagnostics.OtherForm(new(path), "in TensorFlow's records (TFRecord), which hold the images too", "export the images and COCO, Pascal VOC or YOLO");
        }

        var text = EncodedText.Guess(first());
        return IsJsonLines(path) ? OfJsonLines(text, new(path, 1, 1))
            : IsNamed(path) ? OfHeader(text, new(path, 1, 1)) ?? OfLines(text, path)
            : OfLines(text, path);
    }

    private static Diagnostic? OfJsonLines(string text, SourceLocation start)
    {
        bool Has(string name) => JsonForm.HasMember(text, name);
        return !text.AsSpan().TrimStart().StartsWith("{") ? null
            : Has("class_names") || (Has("boxes") && Has("file")) ? LabelDiagnostics.OtherForm(start, "Ultralytics' NDJSON", "export the images and YOLO, or convert them with Ultralytics")
            : Has("from_name") || (Has("data") && Has("annotations")) ? LabelDiagnostics.OtherForm(start, "Label Studio's tasks as lines of JSON", "export as JSON, one list of all tasks")
            : Array.Exists(MembersOfBoxes, Has) ? LabelDiagnostics.OtherForm(start, "lines of JSON (JSONL)", Usual)
            : null;
    }

    private static Diagnostic? OfHeader(string text, SourceLocation start)
    {
        var names = Lines(text).FirstOrDefault("").Split([',', ';', '\t']).Select(name => name.Trim().Trim('"').ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return names.Contains("region_shape_attributes") ? LabelDiagnostics.OtherForm(start, "VIA's CSV", "export as JSON, or save the project")
            : Array.Exists(Corners, names.IsSupersetOf) ? LabelDiagnostics.OtherForm(start, "a table of boxes (CSV)", Usual)
            : null;
    }

    /// <summary>The first lines can be of images without boxes.</summary>
    private static Diagnostic? OfLines(string text, string path)
        => Lines(text).Select((line, i) => ForeignForm.OfList(line, new(path, i + 1, 1))).FirstOrDefault(found => found is not null);

    private static string[] Lines(string text) => text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);
}

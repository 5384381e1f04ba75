using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Files;

namespace NanoDet.Data.Labels.Yolo;

/// <summary>
/// Corrects objects in a file of YOLO text, and leaves all else in it as it is: other lines, and the confidence, track or keypoints behind a
/// box. The corners of a polygon give way to another box, because none of them is known to be right.
/// </summary>
/// <param name="classes">The names; the number in a line is the index.</param>
/// <param name="width">Width of the image in pixels.</param>
/// <param name="height">Height of the image in pixels.</param>
internal sealed class YoloCorrection(ClassList classes, int width, int height)
{
    // YoloReader rounds edges to a hundredth of a pixel.
    private const double SameEdge = 0.02;

    /// <summary>Writes the corrected file atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">The file to write, in UTF-8.</param>
    /// <param name="corrections">The objects as they are in the file, and as they should be; null for one that goes.</param>
    /// <param name="added">Objects that the file lacks.</param>
    /// <exception cref="NanoDetException">NDB1002 or NDB1003.</exception>
    public void Write(string path, string output, IEnumerable<(LabeledObject Is, LabeledObject? ShouldBe)> corrections, IEnumerable<LabeledObject> added)
        => AtomicFile.Write(output, Encoding.UTF8.GetBytes(Apply(Encoding.UTF8.GetString(EncodedText.InUtf8(LabelFile.Read(path, YoloReader.MaxLength))), corrections, added)));

    private string Apply(string text, IEnumerable<(LabeledObject Is, LabeledObject? ShouldBe)> corrections, IEnumerable<LabeledObject> added)
    {
        var end = text.Contains('\n') ? '\n' : text.Contains('\r') ? '\r' : '\n';
        var lines = text.Split(end).ToList<string?>();
        foreach (var (before, after) in corrections)
        {
            var number = before.Location!.Value.Line - 1;
            lines[number] = after is { } changed ? Line(lines[number]!, before, changed) : null;
        }

        if (string.IsNullOrWhiteSpace(lines[^1]))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        // A line of Windows ends with two characters.
        var first = text.Contains("\r\n", StringComparison.Ordinal) ? "\r" : "";
        lines.AddRange(added.Select(labeled => string.Create(CultureInfo.InvariantCulture, $"{classes.IndexOf(labeled.ClassName)} {YoloWriter.Numbers(labeled.Box, width, height)}{first}")));
        return string.Concat(lines.OfType<string>().Select(line => line + end));
    }

    private string Line(string line, LabeledObject before, LabeledObject after)
    {
        string[] words = line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var number = before.ClassName == after.ClassName ? words[0] : classes.IndexOf(after.ClassName).ToString(CultureInfo.InvariantCulture);
        IEnumerable<string> rest = before.Box == after.Box ? words[1..] : [YoloWriter.Numbers(after.Box, width, height), .. IsBox(words, before.Box) ? words[5..] : []];
        return string.Join(' ', rest.Prepend(number)) + (line.EndsWith('\r') ? "\r" : "");
    }

    /// <summary>Whether the first four numbers of a line are the box that was read from it, and not the corners of a polygon.</summary>
    private bool IsBox(string[] words, BoundingBox box)
    {
        var (x, y, w, h) = (Number(1) * width, Number(2) * height, Number(3) * width / 2, Number(4) * height / 2);
        return new[] { x - w - box.Left, y - h - box.Top, x + w - box.Right, y + h - box.Bottom }.All(difference => Math.Abs(difference) < SameEdge);

        double Number(int word) => double.Parse(words[word], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}

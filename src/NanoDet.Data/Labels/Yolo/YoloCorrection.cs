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
        // A line of Windows ends with two characters.
        var first = text.Contains("\r\n", StringComparison.Ordinal) ? "\r" : "";
        if (string.IsNullOrWhiteSpace(lines[^1]))
        {
            lines.RemoveAt(lines.Count - 1);
        }
        else
        {
            lines[^1] += first;
        }

        string[][] words = [.. lines.Select(line => Words(line!))];
        foreach (var (before, after) in corrections)
        {
            var number = before.Location!.Value.Line - 1;
            if (lines[number] is null)
            {
                continue; // Its double has taken it along.
            }

            for (var other = 0; other < words.Length; other++)
            {
                // Of an object that is there twice, what reads it takes one.
                if (other != number && IsDouble(words[other], words[number], before.Box))
                {
                    lines[other] = null;
                }
            }

            lines[number] = after is { } changed ? Line(words[number], before, changed) + (lines[number]!.EndsWith('\r') ? "\r" : "") : null;
        }

        lines.AddRange(added.Select(labeled => string.Create(CultureInfo.InvariantCulture, $"{classes.IndexOf(labeled.ClassName)} {YoloWriter.Numbers(labeled.Box, width, height)}{first}")));
        return string.Concat(lines.OfType<string>().Select(line => line + end));
    }

    private string Line(string[] words, LabeledObject before, LabeledObject after)
    {
        var number = before.ClassName == after.ClassName ? words[0] : classes.IndexOf(after.ClassName).ToString(CultureInfo.InvariantCulture);
        IEnumerable<string> rest = before.Box == after.Box ? words[1..] : [YoloWriter.Numbers(after.Box, width, height), .. IsBox(words, before.Box) ? words[5..] : []];
        return string.Join(' ', rest.Prepend(number));
    }

    private static string[] Words(string line) => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private bool IsDouble(string[] words, string[] corrected, BoundingBox box)
        => words.SequenceEqual(corrected) || (words.Length > 4 && words[0] == corrected[0] && IsBox(corrected, box) && IsBox(words, box));

    /// <summary>Whether the first four numbers of a line are the box that <see cref="YoloReader"/> read from it, and not the corners of a polygon.</summary>
    private bool IsBox(string[] words, BoundingBox box)
    {
        var (x, y, halfWidth, halfHeight) = (Number(1), Number(2), Number(3) / 2, Number(4) / 2);
        return box == new BoundingBox(
            YoloReader.Edge(x - halfWidth, width), YoloReader.Edge(y - halfHeight, height), YoloReader.Edge(x + halfWidth, width), YoloReader.Edge(y + halfHeight, height));

        double Number(int word) => double.Parse(words[word], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}

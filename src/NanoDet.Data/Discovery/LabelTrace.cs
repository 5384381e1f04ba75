using System.Globalization;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Discovery;

/// <summary>What the first bytes of an XML file or a text show about it; <see cref="JsonForm"/> does the same for JSON.</summary>
internal static class LabelTrace
{
    /// <summary>So many bytes of each end are looked at.</summary>
    public const int Length = 4096;

    private static readonly string[] MembersOfCvat = ["<meta", "<image", "<track", "<version"];

    /// <summary>Whether an XML file is Pascal VOC's, or CVAT's, which the reader explains.</summary>
    public static bool IsVoc(byte[] first)
    {
        const string Voc = "<annotation";
        var text = EncodedText.Guess(first);
        var root = text.IndexOf(Voc, StringComparison.Ordinal);
        return root >= 0 && (!text.AsSpan(root + Voc.Length).StartsWith("s") || MembersOfCvat.Any(member => text.Contains(member, StringComparison.Ordinal)));
    }

    /// <summary>
    /// Whether a text file is YOLO's: numbers, at least five on the first line. Numbers with commas count, so that the reader can say
    /// what is wrong; nothing at all counts as well, because a picture without objects has an empty file.
    /// </summary>
    public static bool IsYolo(byte[] first)
    {
        var line = EncodedText.Guess(first).AsSpan().TrimStart();
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
}

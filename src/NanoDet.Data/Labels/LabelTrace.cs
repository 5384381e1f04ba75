using System.Globalization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

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

    /// <summary>Whether an XML file is CVAT's own.</summary>
    public static bool IsCvat(byte[] first) => EncodedText.Guess(first) is var text && text.Contains("<annotations", StringComparison.Ordinal) && MembersOfCvat.Any(member => text.Contains(member, StringComparison.Ordinal));

    /// <summary>
    /// Whether a text file is YOLO's: numbers, at least five on the first line. Numbers with commas count, so that the reader can say
    /// what is wrong; nothing at all counts as well, because a picture without objects has an empty file.
    /// </summary>
    public static bool IsYolo(byte[] first)
    {
        var line = FirstLine(first);
        var numbers = 0;
        foreach (var range in line.SplitAny(' ', '\t', ',', ';'))
        {
            if (line[range].Length > 0 && !IsNumber(line[range]))
            {
                return false;
            }

            numbers += line[range].Length > 0 ? 1 : 0;
        }

        return line.IsEmpty || numbers >= 5;
    }

    /// <summary>Whether a text file can be nothing else than YOLO's: the number of a class, and shares of an image.</summary>
    public static bool IsCertainlyYolo(byte[] first)
    {
        var line = FirstLine(first);
        var numbers = new List<double>();
        foreach (var range in line.SplitAny(' ', '\t'))
        {
            if (line[range].Length > 0)
            {
                numbers.Add(double.TryParse(line[range], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
            }
        }

        return numbers is [var label, _, _, _, _, ..] && label >= 0 && label == Math.Floor(label) && numbers.Skip(1).Take(4).All(share => share is >= 0 and <= 1);
    }

    /// <summary>Whether a text begins with nothing but white space, as that of a picture without objects.</summary>
    /// <param name="first">Its first bytes.</param>
    public static bool IsEmpty(byte[] first) => FirstLine(first).IsEmpty;

    /// <summary>NDB1010 for a text of another form that is known; null for all others.</summary>
    /// <param name="first">Its first bytes.</param>
    /// <param name="file">The file.</param>
    public static Diagnostic? Foreign(byte[] first, string file) => ForeignForm.OfLine(FirstLine(first), new(file, 1, 1));

    /// <summary>Whether a word is a number.</summary>
    public static bool IsNumber(ReadOnlySpan<char> word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static ReadOnlySpan<char> FirstLine(byte[] first)
    {
        var line = EncodedText.Guess(first).AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        return end < 0 ? line : line[..end];
    }
}

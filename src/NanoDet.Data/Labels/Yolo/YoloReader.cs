using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Yolo;

/// <summary>
/// Reads YOLO text: one object per line, <c>class x y width height</c> with the centre and the size relative to the image's size, or
/// <c>class x1 y1 x2 y2 x3 y3 …</c> for a polygon, which becomes the box around it.
/// <para>
/// Edges are rounded to a hundredth of a pixel. Tools write six decimals, which moves the edge of a box on
/// whole pixels by up to 0.00075 pixels for every thousand pixels of the image; rounding moves it back to the whole pixel.
/// </para>
/// </summary>
public static class YoloReader
{
    internal const long MaxLength = 16 << 20;
    private const int Decimals = 2;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The text file.</param>
    /// <param name="classes">The names in the class file; the number in a line is the index.</param>
    /// <param name="width">Width of the image in pixels.</param>
    /// <param name="height">Height of the image in pixels.</param>
    /// <exception cref="DiagnosticException">NDB1001 to NDB1003, NDB1005 or NDB1045.</exception>
    public static LabeledImage Read(string path, ClassList classes, int width, int height)
        => Read(LabelFile.Read(path, MaxLength), path, classes, width, height);

    /// <summary>Reads the content of a file.</summary>
    /// <returns>The labels, without a file name, which this format does not have.</returns>
    /// <exception cref="DiagnosticException">NDB1001, NDB1005 or NDB1045.</exception>
    public static LabeledImage Read(ReadOnlySpan<byte> content, string path, ClassList classes, int width, int height)
    {
        var text = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        var objects = ImmutableArray.CreateBuilder<LabeledObject>();
        var number = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            number++;
            var line = text[range].Trim(" \t\r"u8);
            if (!line.IsEmpty)
            {
                objects.Add(ReadLine(line, new(path, number, 1), classes, width, height));
            }
        }

        return new("", objects.DrainToImmutable()) { Width = width, Height = height, Location = new(path) };
    }

    private static LabeledObject ReadLine(ReadOnlySpan<byte> line, SourceLocation location, ClassList classes, int width, int height)
    {
        var classText = NextToken(ref line);
        if (!Utf8Parser.TryParse(classText, out long index, out var used) || used != classText.Length)
        {
            throw new DiagnosticException(LabelDiagnostics.NotANumber(location, "class", Show(classText)));
        }

        if (index < 0 || index >= classes.Names.Length)
        {
            throw new DiagnosticException(LabelDiagnostics.ClassIndexOutOfRange(location, index, classes.Names.Length));
        }

        Span<double> centerAndSize = stackalloc double[4];
        var (left, top, right, bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        var count = 0;
        while (!line.IsEmpty)
        {
            var token = NextToken(ref line);
            if (!double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                throw new DiagnosticException(LabelDiagnostics.NotANumber(location, "coordinate", Show(token)));
            }

            if (count < centerAndSize.Length)
            {
                centerAndSize[count] = value;
            }

            (left, right) = count % 2 == 0 ? (Math.Min(left, value), Math.Max(right, value)) : (left, right);
            (top, bottom) = count % 2 == 1 ? (Math.Min(top, value), Math.Max(bottom, value)) : (top, bottom);
            count++;
        }

        var box = count switch
        {
            4 => FromCenter(centerAndSize[0], centerAndSize[1], centerAndSize[2], centerAndSize[3]),
            >= 6 when count % 2 == 0 => new BoundingBox(left, top, right, bottom),
            _ => throw new DiagnosticException(LabelDiagnostics.Malformed(
                location, $"a line must have a class and then four numbers, or a class and then the corners of a polygon; this line has {count} after the class")),
        };
        return new(
            classes.Names[(int)index],
            new(Edge(box.Left, width), Edge(box.Top, height), Edge(box.Right, width), Edge(box.Bottom, height)))
        {
            Location = location,
        };
    }

    private static BoundingBox FromCenter(double x, double y, double width, double height)
        => new(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));

    private static double Edge(double part, int size) => Math.Round(part * size, Decimals) + 0.0;

    private static ReadOnlySpan<byte> NextToken(ref ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        var token = end < 0 ? line : line[..end];
        line = end < 0 ? [] : line[end..].TrimStart(" \t"u8);
        return token;
    }

    private static string Show(ReadOnlySpan<byte> token)
        => DiagnosticText.Shorten(Encoding.UTF8.GetString(token[..Math.Min(token.Length, 200)]));
}

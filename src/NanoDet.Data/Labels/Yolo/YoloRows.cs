using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Yolo;

/// <summary>The lines of a file of YOLO text: a class and numbers.</summary>
/// <param name="classes">The names; the number in a line is the index.</param>
internal sealed class YoloRows(ClassList classes)
{
    // An object that reaches beyond the image has numbers above 1, but none that is twice as far away.
    private const double LargestShare = 2;
    private const int BoxNumbers = 4;
    private readonly List<double> _numbers = [];
    private readonly List<(string ClassName, SourceLocation Location, int Start)> _rows = [];

    /// <summary>The number of lines.</summary>
    public int Count => _rows.Count;

    /// <summary>The class of a line.</summary>
    public string ClassName(int row) => _rows[row].ClassName;

    /// <summary>The place of a line.</summary>
    public SourceLocation Location(int row) => _rows[row].Location;

    /// <summary>The place of the first line with more than a box and a confidence.</summary>
    public SourceLocation FirstLong => Location(Enumerable.Range(0, Count).First(row => Numbers(row).Length > BoxNumbers + 1));

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without white space around it.</param>
    /// <param name="location">Its place.</param>
    /// <exception cref="NanoDetException">NDB1005, NDB1010 or NDB1045.</exception>
    public void Add(ReadOnlySpan<byte> line, SourceLocation location)
    {
        if (line.IndexOfAny((byte)',', (byte)';') >= 0)
        {
            throw new NanoDetException(ForeignForm.OfLine(Encoding.UTF8.GetString(line), location) ?? LabelDiagnostics.OtherForm(
                location, "numbers with commas (CSV)", "YOLO text has spaces between them: class x y width height"));
        }

        var rest = line;
        var start = _numbers.Count;
        var className = ReadClass(NextToken(ref rest), line, location);
        try
        {
            ReadNumbers(rest, line, location);
        }
        catch (NanoDetException)
        {
            _numbers.RemoveRange(start, _numbers.Count - start);
            throw;
        }

        _rows.Add((className, location, start));
    }

    /// <summary>
    /// Whether the numbers after a box are keypoints: they are in all lines of a file or in none, and as many in each. So one line that shows
    /// it (<see cref="YoloKeypoints"/>) speaks for all.
    /// </summary>
    public bool HaveKeypoints()
    {
        var (length, found) = (0, false);
        for (var row = 0; row < _rows.Count; row++)
        {
            var numbers = Numbers(row);
            if (numbers.Length > BoxNumbers + 1)
            {
                if (length != 0 && length != numbers.Length)
                {
                    return false;
                }

                length = numbers.Length;
                found |= YoloKeypoints.Follow(numbers);
            }
        }

        return found;
    }

    /// <summary>
    /// Whether a confidence and the number of a track follow the boxes, as Ultralytics saves them: in all lines with more than a box. A triangle
    /// whose last corner is at the lower edge of the image has a 1 there too, and only the number of another track, or a box with nothing but
    /// a confidence, shows which it is.
    /// </summary>
    /// <returns>Whether they do; null if these lines do not show it.</returns>
    public bool? HaveTracks()
    {
        bool? found = false;
        var isSure = false;
        for (var row = 0; row < _rows.Count; row++)
        {
            var numbers = Numbers(row);
            if (numbers.Length > BoxNumbers + 1)
            {
                if (numbers is not [_, _, _, _, >= 0 and <= 1, >= 1 and var track] || track != Math.Floor(track) || !YoloKeypoints.IsInImage(numbers))
                {
                    return false;
                }

                found = null;
                isSure |= track > 1;
            }

            isSure |= numbers.Length == BoxNumbers + 1;
        }

        return found is null && isSure ? true : found;
    }

    /// <summary>Whether a line is the corners of a polygon.</summary>
    /// <param name="areBoxes">Whether all lines have a box and then keypoints or a track.</param>
    public bool HavePolygons(bool areBoxes)
    {
        for (var row = 0; !areBoxes && row < _rows.Count; row++)
        {
            if (Numbers(row).Length is > BoxNumbers + 1 and var length && length != BoxNumbers + classes.KeypointNumbers)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Refuses boxes with an angle, which would be read as boxes with a confidence, or as triangles: <c>x y width height angle</c>, with a confidence
    /// before or behind the angle. It is one where it is no share of the image in some line, and no whole number, as the number of a track is.
    /// </summary>
    /// <param name="errors">Takes NDB1010.</param>
    public void CheckAngles(LabelErrors errors)
    {
        var (length, angle) = (0, -1);
        for (var row = 0; row < _rows.Count; row++)
        {
            var numbers = Numbers(row);
            if (numbers.Length == BoxNumbers)
            {
                continue;
            }

            if (numbers.Length is not (BoxNumbers + 1 or BoxNumbers + 2) || (length != 0 && length != numbers.Length) || !YoloKeypoints.IsInImage(numbers))
            {
                return;
            }

            length = numbers.Length;
            var last = numbers[^1];
            angle = angle < 0 && IsAngle(numbers[BoxNumbers], last, length) ? row : angle;
        }

        if (angle >= 0)
        {
            errors.Add(LabelDiagnostics.OtherForm(
                Location(angle),
                "rotated boxes with an angle (class x y width height angle)",
                "YOLO's text for rotated boxes has their four corners: class x1 y1 x2 y2 x3 y3 x4 y4, as shares of the image. Export them so (YOLO OBB), or delete the angles if the boxes are upright"));
        }

        static bool IsAngle(double first, double last, int length) => length == BoxNumbers + 1
            ? first is < 0 or > 1 && first != Math.Floor(first)
            : (IsBeyond(first) && last is >= 0 and <= 1) || (first is >= 0 and <= 1 && IsBeyond(last) && last != Math.Floor(last));

        // A corner of a polygon may lie a little outside of the image.
        static bool IsBeyond(double number) => number is < -0.1 or > 1.1;
    }

    /// <summary>The box of a line, relative to the image's size.</summary>
    /// <param name="row">The line.</param>
    /// <param name="areBoxes">Whether all lines have a box and then keypoints or a track, where the classes do not say it.</param>
    /// <param name="errors">Takes NDB1001.</param>
    /// <returns>Null for a line with an error.</returns>
    public BoundingBox? Box(int row, bool areBoxes, LabelErrors errors)
    {
        var numbers = Numbers(row);
        switch (numbers.Length)
        {
            case BoxNumbers or BoxNumbers + 1:
            case >= 6 when areBoxes || numbers.Length == BoxNumbers + classes.KeypointNumbers:
                return Box(numbers);
            case >= 6 when numbers.Length % 2 == 0:
                return Around(numbers, Location(row), errors);
            default:
                errors.Add(LabelDiagnostics.Malformed(
                    Location(row), $"a line must have a class and then four numbers, or a class and then the corners of a polygon; this line has {numbers.Length} after the class"));
                return null;
        }
    }

    private static BoundingBox Box(ReadOnlySpan<double> numbers) => new(
        numbers[0] - (numbers[2] / 2), numbers[1] - (numbers[3] / 2), numbers[0] + (numbers[2] / 2), numbers[1] + (numbers[3] / 2));

    private static BoundingBox? Around(ReadOnlySpan<double> corners, SourceLocation location, LabelErrors errors)
    {
        var hull = default(Hull);
        for (var i = 0; i < corners.Length; i += 2)
        {
            if (Math.Max(corners[i], corners[i + 1]) > LargestShare)
            {
                errors.Add(LabelDiagnostics.Malformed(location, string.Create(
                    CultureInfo.InvariantCulture, $"the numbers after the class would be the corners of a polygon, but ({corners[i]}, {corners[i + 1]}) is far outside of the image, whose shares are from 0 to 1")));
                return null;
            }

            hull.Add(corners[i], corners[i + 1]);
        }

        return hull.Box;
    }

    // Some tools write the number of the class with a point.
    private string ReadClass(ReadOnlySpan<byte> token, ReadOnlySpan<byte> line, SourceLocation location)
    {
        if (!Utf8Parser.TryParse(token, out long index, out var used) || used != token.Length)
        {
            index = TryParse(token, out var value) && value == Math.Floor(value) && Math.Abs(value) < int.MaxValue
                ? (long)value
                : throw NotANumber("class", token, line, location);
        }

        return index >= 0 && index < classes.Names.Length
            ? classes.Names[(int)index]
            : throw new NanoDetException(ForeignForm.OfLine(Encoding.UTF8.GetString(line), location) ?? LabelDiagnostics.ClassIndexOutOfRange(location, index, classes.Names.Length));
    }

    private void ReadNumbers(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line, SourceLocation location)
    {
        var start = _numbers.Count;
        var inPixels = false;
        while (!rest.IsEmpty)
        {
            var token = NextToken(ref rest);
            if (!TryParse(token, out var value))
            {
                throw NotANumber("coordinate", token, line, location);
            }

            inPixels |= _numbers.Count - start < BoxNumbers && value > LargestShare;
            _numbers.Add(value);
        }

        if (inPixels)
        {
            throw new NanoDetException(LabelDiagnostics.OtherForm(
                location, "in pixels", "YOLO text has shares of the image's width and height, from 0 to 1: divide by the size, or export as YOLO again"));
        }
    }

    private ReadOnlySpan<double> Numbers(int row)
    {
        var end = row + 1 < _rows.Count ? _rows[row + 1].Start : _numbers.Count;
        return CollectionsMarshal.AsSpan(_numbers)[_rows[row].Start..end];
    }

    private static bool TryParse(ReadOnlySpan<byte> token, out double value)
        => double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static ReadOnlySpan<byte> NextToken(ref ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        var token = end < 0 ? line : line[..end];
        line = end < 0 ? [] : line[end..].TrimStart(" \t"u8);
        return token;
    }

    /// <summary>NDB1010 where the line is of another form, or else NDB1005.</summary>
    private static NanoDetException NotANumber(string what, ReadOnlySpan<byte> token, ReadOnlySpan<byte> line, SourceLocation location) => new(
        ForeignForm.OfLine(Encoding.UTF8.GetString(line), location)
            ?? LabelDiagnostics.NotANumber(location, what, DiagnosticText.Shorten(Encoding.UTF8.GetString(token[..Math.Min(token.Length, 200)]))));
}

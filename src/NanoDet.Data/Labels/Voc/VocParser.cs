using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>
/// Parses Pascal VOC: each element by its path, in any order, so that the <c>part</c>s of a person and the empty
/// <c>annotation</c> that labelme writes inside the root are not confused with objects and the root.
/// </summary>
/// <param name="path">The file's path, for locations.</param>
/// <param name="expectedObjects">How many objects the file seems to have; only a hint.</param>
internal sealed class VocParser(string path, int expectedObjects = 0)
{
    // Far deeper than any label file; limits what a hostile file can ask for.
    private const int MaxDepth = 64;

    // The most that a hostile file can claim before it is parsed.
    private const int MostExpected = 1000;

    private readonly ImmutableArray<LabeledObject>.Builder _objects = ImmutableArray.CreateBuilder<LabeledObject>(Math.Min(expectedObjects, MostExpected));
    private string _fileName = "";
    private int? _width;
    private int? _height;
    private SourceLocation _objectLocation;
    private SourceLocation? _boxLocation;
    private string? _name;
    private bool _difficult;
    private bool _truncated;
    private double _xMin = double.NaN;
    private double _yMin = double.NaN;
    private double _xMax = double.NaN;
    private double _yMax = double.NaN;

    /// <summary>Parses a document.</summary>
    /// <returns>The labels; null if another reader has to read the markup.</returns>
    /// <exception cref="DiagnosticException">NDB1001, NDB1005, NDB1006 or NDB1046.</exception>
    public LabeledImage? Parse<TMarkup>(ref TMarkup markup)
        where TMarkup : IVocMarkup, allows ref struct
    {
        Span<VocElement> open = stackalloc VocElement[MaxDepth + 1];
        var depth = 0;
        var leaf = false;
        while (true)
        {
            switch (markup.Next())
            {
                case VocToken.Start:
                    if (++depth > MaxDepth)
                    {
                        throw new DiagnosticException(LabelDiagnostics.Malformed(markup.Locate(path), $"elements are nested deeper than {MaxDepth}"));
                    }

                    open[depth] = markup.Element;
                    leaf = true;
                    Enter(ref markup, open, depth);
                    break;
                case VocToken.End:
                    if (leaf)
                    {
                        TakeValue(ref markup, open, depth);
                    }

                    if (depth == 2 && open[2] == VocElement.Object)
                    {
                        FinishObject();
                    }

                    leaf = false;
                    depth--;
                    break;
                case VocToken.Finished:
                    return new(_fileName, _objects.DrainToImmutable()) { Width = _width, Height = _height, Location = new(path) };
                case VocToken.Unusual:
                    return null;
            }
        }
    }

    private void Enter<TMarkup>(ref TMarkup markup, scoped ReadOnlySpan<VocElement> open, int depth)
        where TMarkup : IVocMarkup, allows ref struct
    {
        if (depth == 1 && open[1] != VocElement.Annotation)
        {
            throw new DiagnosticException(LabelDiagnostics.Malformed(
                markup.Locate(path), $"the root element is <{markup.ElementName}>, but Pascal VOC has <annotation>"));
        }

        if (depth == 2 && open[2] == VocElement.Object)
        {
            _objectLocation = markup.Locate(path);
        }
        else if (depth == 3 && open[2] == VocElement.Object && open[3] == VocElement.BndBox)
        {
            _boxLocation = markup.Locate(path);
        }
    }

    private void TakeValue<TMarkup>(ref TMarkup markup, scoped ReadOnlySpan<VocElement> open, int depth)
        where TMarkup : IVocMarkup, allows ref struct
    {
        switch (depth, open[2], open[depth])
        {
            case (2, VocElement.FileName, _):
                _fileName = Encoding.UTF8.GetString(markup.Text).Replace('\\', '/');
                break;
            case (3, VocElement.Size, VocElement.Width):
                _width = Size(ref markup);
                break;
            case (3, VocElement.Size, VocElement.Height):
                _height = Size(ref markup);
                break;
            case (3, VocElement.Object, VocElement.Name):
                _name = ClassNamePool.Get(markup.Text);
                if (PrintedText.FirstUnprintable(_name) is { } character)
                {
                    throw new DiagnosticException(LabelDiagnostics.UnprintableClass(markup.Locate(path), _name, character));
                }

                break;
            case (3, VocElement.Object, VocElement.Difficult):
                _difficult = IsTrue(markup.Text);
                break;
            case (3, VocElement.Object, VocElement.Truncated):
                _truncated = IsTrue(markup.Text);
                break;
            case (4, VocElement.Object, var side) when open[3] == VocElement.BndBox && side >= VocElement.XMin:
                TakeSide(side, Number(ref markup));
                break;
        }
    }

    private void TakeSide(VocElement side, double value)
    {
        switch (side)
        {
            case VocElement.XMin:
                _xMin = value;
                break;
            case VocElement.YMin:
                _yMin = value;
                break;
            case VocElement.XMax:
                _xMax = value;
                break;
            default:
                _yMax = value;
                break;
        }
    }

    private void FinishObject()
    {
        var missing = string.IsNullOrEmpty(_name) ? VocElement.Name
            : double.IsNaN(_xMin) ? VocElement.XMin
            : double.IsNaN(_yMin) ? VocElement.YMin
            : double.IsNaN(_xMax) ? VocElement.XMax
            : double.IsNaN(_yMax) ? VocElement.YMax : VocElement.Other;
        if (missing != VocElement.Other)
        {
            throw new DiagnosticException(LabelDiagnostics.IncompleteObject(_objectLocation, VocElements.NameOf(missing)));
        }

        _objects.Add(new(_name!, new(_xMin, _yMin, _xMax, _yMax))
        {
            Difficult = _difficult,
            Truncated = _truncated,
            Location = _objectLocation,
            BoxLocation = _boxLocation,
        });
        (_name, _difficult, _truncated, _boxLocation) = (null, false, false, null);
        _xMin = _yMin = _xMax = _yMax = double.NaN;
    }

    // Tools that do not know the size write an empty or zero size.
    private int? Size<TMarkup>(ref TMarkup markup)
        where TMarkup : IVocMarkup, allows ref struct
        => markup.Text.IsEmpty ? null : Number(ref markup) is >= 1 and <= int.MaxValue and var size ? (int)Math.Round(size) : null;

    private double Number<TMarkup>(ref TMarkup markup)
        where TMarkup : IVocMarkup, allows ref struct
        => TryParseDigits(markup.Text, out var digits) ? digits
            : double.TryParse(markup.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
            : throw new DiagnosticException(LabelDiagnostics.NotANumber(
                markup.Locate(path), markup.ElementName, DiagnosticText.Shorten(Encoding.UTF8.GetString(markup.Text))));

    // Most coordinates are whole; parsing them as integers is several times as fast.
    private static bool TryParseDigits(ReadOnlySpan<byte> text, out long value)
    {
        const int ExactInDouble = 15;
        value = 0;
        if (text.Length is 0 or > ExactInDouble)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    private static bool IsTrue(ReadOnlySpan<byte> text) => text.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(text, "true"u8);
}

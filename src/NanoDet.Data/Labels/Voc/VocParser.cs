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
/// <param name="errors">Takes what is wrong with objects; with any, the reading fails at its end.</param>
/// <param name="expectedObjects">How many objects the file seems to have; only a hint.</param>
internal sealed class VocParser(string path, LabelErrors errors, int expectedObjects = 0)
{
    // Far deeper than any label file; limits what a hostile file can ask for.
    private const int MaxDepth = 64;

    // The most that a hostile file can claim before it is parsed.
    private const int MostExpected = 1000;

    private readonly ImmutableArray<LabeledObject>.Builder _objects = ImmutableArray.CreateBuilder<LabeledObject>(Math.Min(expectedObjects, MostExpected));
    private string _fileName = "";
    private int? _width;
    private int? _height;
    private SourceLocation _root = new(path);
    private SourceLocation _objectLocation;
    private SourceLocation? _boxLocation;
    private string? _name;
    private bool _hasBox;
    private bool _isBroken;
    private bool _difficult;
    private bool _truncated;
    private VocBox _box = new();
    private ProblemCount _rotated;

    /// <summary>Parses a document.</summary>
    /// <returns>The labels; null if another reader has to read the markup.</returns>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006, NDB1010 or NDB1046: all that is wrong.</exception>
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
                        throw errors.With(new NanoDetException(LabelDiagnostics.Malformed(markup.Locate(path), $"elements are nested deeper than {MaxDepth}")));
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
                    errors.ThrowIfAny();
                    return new(_fileName, _objects.DrainToImmutable())
                    {
                        Width = _width,
                        Height = _height,
                        Location = _root,
                        Problems = _rotated.Count > 0 ? [LabelDiagnostics.BoxesRotated(_rotated.First, _rotated.Count)] : [],
                    };
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
            throw new NanoDetException(markup.ElementName == "annotations"
                ? LabelDiagnostics.OtherForm(markup.Locate(path), "CVAT's own XML", "export as Pascal VOC 1.1 or COCO 1.0")
                : LabelDiagnostics.Malformed(markup.Locate(path), $"the root element is <{markup.ElementName}>, but Pascal VOC has <annotation>"));
        }

        if (depth == 1)
        {
            _root = markup.Locate(path);
        }
        else if (depth == 2 && open[2] == VocElement.Object)
        {
            _objectLocation = markup.Locate(path);
        }
        else if (depth == 3 && open[2] == VocElement.Object && (open[3] is VocElement.BndBox or VocElement.RobndBox))
        {
            _boxLocation = markup.Locate(path);
            if (open[3] == VocElement.BndBox)
            {
                NoteTwice(ref markup, _hasBox, "<bndbox>");
                _hasBox = true;
            }
        }
        else if (depth == 3 && open[2] == VocElement.Object && open[3] == VocElement.Name)
        {
            NoteTwice(ref markup, _name is not null, "<name>");
        }
    }

    private void NoteTwice<TMarkup>(ref TMarkup markup, bool isSecond, string element)
        where TMarkup : IVocMarkup, allows ref struct
    {
        if (isSecond)
        {
            Note(LabelDiagnostics.Malformed(markup.Locate(path), $"the object has a second {element}, and only one can be right. Two objects have an <object> each"));
        }
    }

    /// <summary>Takes note of what is wrong with an object, whose other errors may follow from it.</summary>
    private void Note(Diagnostic error)
    {
        if (!_isBroken)
        {
            errors.Add(error);
            errors.ThrowIfFull();
        }

        _isBroken = true;
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
                    Note(LabelDiagnostics.UnusableClass(markup.Locate(path), _name, character));
                }

                break;
            case (3, VocElement.Object, VocElement.Difficult):
                _difficult = FlagText.IsTrue(markup.Text);
                break;
            case (3, VocElement.Object, VocElement.Truncated):
                _truncated = FlagText.IsTrue(markup.Text);
                break;
            case (4, VocElement.Object, var member) when VocBox.Has(open[3], member):
                if (TryNumber(ref markup) is { } side)
                {
                    _box.Take(member, side);
                }
                else
                {
                    Note(NotANumber(ref markup));
                }

                break;
        }
    }

    private void FinishObject()
    {
        if ((string.IsNullOrEmpty(_name) ? VocElement.Name : _box.Missing) is { } missing)
        {
            Note(LabelDiagnostics.IncompleteObject(_objectLocation, VocElements.NameOf(missing)));
        }
        else
        {
            AddObject();
        }

        (_name, _hasBox, _isBroken, _difficult, _truncated, _boxLocation, _box) = (null, false, false, false, false, null, new());
    }

    private void AddObject()
    {
        if (_box.IsRotated)
        {
            _rotated.Add(_boxLocation ?? _objectLocation);
        }

        _objects.Add(new(_name!, _box.ToUpright())
        {
            Difficult = _difficult,
            Truncated = _truncated,
            Location = _objectLocation,
            BoxLocation = _boxLocation,
        });
    }

    // Tools that do not know the size write an empty or zero size.
    private int? Size<TMarkup>(ref TMarkup markup)
        where TMarkup : IVocMarkup, allows ref struct
    {
        if (!markup.Text.IsEmpty && TryNumber(ref markup) is null)
        {
            errors.Add(NotANumber(ref markup));
        }

        return TryNumber(ref markup) is >= 1 and <= int.MaxValue and var size ? (int)Math.Round(size) : null;
    }

    private static double? TryNumber<TMarkup>(ref TMarkup markup)
        where TMarkup : IVocMarkup, allows ref struct
        => TryParseDigits(markup.Text, out var digits) ? digits
            : double.TryParse(markup.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
            : null;

    private Diagnostic NotANumber<TMarkup>(ref TMarkup markup)
        where TMarkup : IVocMarkup, allows ref struct
        => LabelDiagnostics.NotANumber(markup.Locate(path), markup.ElementName, DiagnosticText.Shorten(Encoding.UTF8.GetString(markup.Text)));

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
}

using System.Buffers;
using System.Text;
using System.Text.Unicode;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>
/// Reads the XML that label tools write, directly from its UTF-8 bytes: elements, text, at most one plain attribute per tag.
/// Everything else in XML (entities, CDATA, comments, other encodings), and everything that is not well-formed, is
/// <see cref="VocToken.Unusual"/> and is left to <see cref="VocXmlMarkup"/>: this scanner accepts a subset of XML
/// and reads it in the same way, but without a string for every name; the benchmark <c>labels</c> shows the gain.
/// </summary>
internal ref struct VocScanner : IVocMarkup
{
    /// <summary>The deepest supported nesting.</summary>
    public const int MaxDepth = 16;

    // Control characters that XML forbids, the ampersand of entities, and the bracket that ends CDATA.
    private static readonly SearchValues<byte> Unusual = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, (byte)'&', (byte)']']);

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private readonly ReadOnlySpan<byte> _content;
    private readonly Span<(int Start, int Length)> _open;
    private TextPosition _position;
    private int _offset;
    private int _depth;
    private int _tag;
    private int _nameLength;
    private int _textStart;
    private int _textEnd;
    private bool _emptyElement;
    private bool _started;
    private bool _hasRoot;

    /// <summary>Starts before the first tag.</summary>
    /// <param name="content">The file, in UTF-8.</param>
    /// <param name="open">A buffer for the names of <see cref="MaxDepth"/> open elements.</param>
    public VocScanner(ReadOnlySpan<byte> content, Span<(int Start, int Length)> open)
    {
        _content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        _open = open;
        _position = new(_content);
    }

    /// <inheritdoc />
    public VocElement Element { get; private set; }

    /// <inheritdoc />
    public readonly string ElementName => Encoding.UTF8.GetString(_content.Slice(_tag + 1, _nameLength));

    /// <inheritdoc />
    public readonly ReadOnlySpan<byte> Text => Trim(_content[_textStart.._textEnd]);

    /// <inheritdoc />
    public SourceLocation Locate(string path) => _position.At(_tag, path);

    /// <inheritdoc />
    public VocToken Next()
    {
        if (!_started)
        {
            _started = true;
            if (!IsPlain(_content) || !SkipDeclaration())
            {
                return VocToken.Unusual;
            }
        }

        if (_emptyElement)
        {
            _emptyElement = false;
            _depth--;
            return VocToken.End;
        }

        var rest = _content[_offset..];
        var length = rest.IndexOf((byte)'<');
        if (length < 0)
        {
            return _depth == 0 && _hasRoot && Trim(rest).IsEmpty ? VocToken.Finished : VocToken.Unusual;
        }

        var tag = _offset + length;
        (_textStart, _textEnd) = (_offset, tag);
        if (_depth == 0 && !Trim(rest[..length]).IsEmpty)
        {
            return VocToken.Unusual;
        }

        return tag + 1 < _content.Length && _content[tag + 1] == '/' ? ReadEnd(tag) : ReadStart(tag);
    }

    private static bool IsPlain(ReadOnlySpan<byte> content)
        => !content.ContainsAny(Unusual)
            && content.Count((byte)'\r') == content.Count("\r\n"u8)
            && (Ascii.IsValid(content)
                || (Utf8.IsValid(content) && content.IndexOf("\uFFFE"u8) < 0 && content.IndexOf("\uFFFF"u8) < 0));

    // Except for Unusual characters, only white space is not above the space character.
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        return text[start..end];
    }

    // Only the declarations that state the defaults.
    private bool SkipDeclaration()
    {
        if (!_content.StartsWith("<?"u8))
        {
            return true;
        }

        foreach (var declaration in (ReadOnlySpan<string>)
            ["<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<?xml version=\"1.0\" ?>", "<?xml version='1.0' encoding='utf-8'?>"])
        {
            if (_content.Length >= declaration.Length && Ascii.EqualsIgnoreCase(_content[..declaration.Length], declaration))
            {
                _offset = declaration.Length;
                return true;
            }
        }

        return false;
    }

    private VocToken ReadStart(int tag)
    {
        var name = ReadName(tag + 1);
        var length = name.Length;
        var end = tag + 1 + length;
        if (length == 0 || (_depth == 0 && _hasRoot) || _depth == MaxDepth || !SkipAttribute(ref end))
        {
            return VocToken.Unusual;
        }

        _emptyElement = end + 1 < _content.Length && _content[end] == '/';
        end += _emptyElement ? 1 : 0;
        if (end >= _content.Length || _content[end] != '>')
        {
            return VocToken.Unusual;
        }

        _hasRoot = true;
        (_tag, _nameLength) = (tag, length);
        (_textStart, _textEnd) = (end, end);
        _open[_depth++] = (tag + 1, length);
        _offset = end + 1;
        Element = VocElements.Parse(name);
        return VocToken.Start;
    }

    private VocToken ReadEnd(int tag)
    {
        if (_depth == 0)
        {
            return VocToken.Unusual;
        }

        var (start, length) = _open[_depth - 1];
        var name = _content.Slice(start, length);
        var rest = _content[(tag + 2)..];
        if (rest.Length <= length || rest[length] != '>' || !rest.StartsWith(name))
        {
            return VocToken.Unusual;
        }

        _depth--;
        _offset = tag + length + 3;
        return VocToken.End;
    }

    private readonly ReadOnlySpan<byte> ReadName(int start)
    {
        var rest = _content[start..];
        if (rest.IsEmpty || !char.IsAsciiLetter((char)rest[0]))
        {
            return [];
        }

        var length = rest.IndexOfAnyExcept(NameBytes);
        return length < 0 ? rest : rest[..length];
    }

    // One attribute such as labelImg's verified="yes"; namespaces (a name that begins with xml) are left to the general reader.
    private readonly bool SkipAttribute(ref int offset)
    {
        if (offset >= _content.Length || _content[offset] != ' ')
        {
            return true;
        }

        var name = ReadName(offset + 1);
        var value = offset + 1 + name.Length;
        if (name.IsEmpty || Ascii.EqualsIgnoreCase(name[..Math.Min(3, name.Length)], "xml"u8) || !_content[value..].StartsWith("=\""u8))
        {
            return false;
        }

        var length = _content[(value + 2)..].IndexOfAny((byte)'"', (byte)'<');
        if (length < 0 || _content[value + 2 + length] == '<')
        {
            return false;
        }

        offset = value + length + 3;
        return true;
    }
}

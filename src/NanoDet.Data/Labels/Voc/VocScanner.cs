using System.Buffers;
using System.Text;
using System.Text.Unicode;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>
/// Reads the XML that label tools write, straight from its UTF-8 bytes: elements, text, at most one plain attribute a tag.
/// Whatever else XML can hold (entities, CDATA, comments, other encodings) and whatever is not well-formed is
/// <see cref="VocToken.Unusual"/>, so that <see cref="VocXmlMarkup"/> decides about it: this scanner accepts a true subset of XML
/// and understands it in the same way, without a string for every name; the benchmark <c>labels</c> shows what that gains.
/// </summary>
internal ref struct VocScanner : IVocMarkup
{
    /// <summary>Deepest nesting that is read here.</summary>
    public const int MaxDepth = 16;

    // Control characters that XML forbids, and the ampersand of entities.
    private static readonly SearchValues<byte> Unusual = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, (byte)'&']);

    private readonly ReadOnlySpan<byte> _content;
    private readonly Span<Range> _open;
    private TextPosition _position;
    private int _offset;
    private int _depth;
    private int _tag;
    private Range _name;
    private Range _text;
    private bool _emptyElement;
    private bool _started;
    private bool _hasRoot;

    /// <summary>Stands before the first tag.</summary>
    /// <param name="content">The file, in UTF-8.</param>
    /// <param name="open">Room for the names of <see cref="MaxDepth"/> open elements.</param>
    public VocScanner(ReadOnlySpan<byte> content, Span<Range> open)
    {
        _content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        _open = open;
        _position = new(_content);
    }

    /// <inheritdoc />
    public VocElement Element { get; private set; }

    /// <inheritdoc />
    public readonly string ElementName => Encoding.UTF8.GetString(_content[_name]);

    /// <inheritdoc />
    public readonly ReadOnlySpan<byte> Text => _content[_text].Trim(" \t\r\n"u8);

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
            return _depth == 0 && _hasRoot && rest.Trim(" \t\r\n"u8).IsEmpty ? VocToken.Finished : VocToken.Unusual;
        }

        _text = new(_offset, _offset + length);
        var text = rest[..length];
        if ((_depth == 0 && !text.Trim(" \t\r\n"u8).IsEmpty) || text.Contains((byte)']'))
        {
            return VocToken.Unusual;
        }

        var tag = _offset + length;
        return tag + 1 < _content.Length && _content[tag + 1] == '/' ? ReadEnd(tag) : ReadStart(tag);
    }

    private static bool IsPlain(ReadOnlySpan<byte> content)
        => !content.ContainsAny(Unusual)
            && content.Count((byte)'\r') == content.Count("\r\n"u8)
            && Utf8.IsValid(content)
            && content.IndexOf("\uFFFE"u8) < 0 && content.IndexOf("\uFFFF"u8) < 0;

    // Only the declarations that say what is assumed anyway.
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
        _tag = tag;
        _name = new(tag + 1, tag + 1 + length);
        _text = new(end, end);
        _open[_depth++] = _name;
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

        var name = _content[_open[_depth - 1]];
        var end = tag + 2 + name.Length;
        if (end >= _content.Length || _content[end] != '>' || !_content.Slice(tag + 2, name.Length).SequenceEqual(name))
        {
            return VocToken.Unusual;
        }

        _depth--;
        _offset = end + 1;
        return VocToken.End;
    }

    private readonly ReadOnlySpan<byte> ReadName(int start)
    {
        var end = start;
        while (end < _content.Length && (char.IsAsciiLetter((char)_content[end]) || (end > start && IsNameByte(_content[end]))))
        {
            end++;
        }

        return _content[start..end];
    }

    private static bool IsNameByte(byte value) => char.IsAsciiDigit((char)value) || value is (byte)'_' or (byte)'-' or (byte)'.';

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

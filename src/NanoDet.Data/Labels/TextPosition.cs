using System.Text;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>
/// Finds line and column of byte offsets in UTF-8 text. If offsets are requested in rising order, each byte is read once,
/// even in a file with a single line; an earlier offset starts again from the beginning.
/// </summary>
internal ref struct TextPosition(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    /// <summary>Returns line and column (in UTF-16 characters, like editors and <c>XmlReader</c>), both from 1.</summary>
    public SourceLocation At(int offset, string path)
    {
        if (offset < _offset)
        {
            (_offset, _line, _column) = (0, 1, 1);
        }

        var passed = _content[_offset..offset];
        if (passed.LastIndexOf((byte)'\n') is >= 0 and var last)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
            passed = passed[(last + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _offset = offset;
        return new(path, _line, _column);
    }

    /// <summary>Returns the place that a reader of bytes tells.</summary>
    /// <param name="line">The line, from 0.</param>
    /// <param name="bytes">The bytes before the place in its line.</param>
    /// <param name="path">The file.</param>
    public readonly SourceLocation At(long line, long bytes, string path)
    {
        var rest = _content;
        for (var i = 0L; i < line && rest.IndexOf((byte)'\n') is >= 0 and var end; i++)
        {
            rest = rest[(end + 1)..];
        }

        return new(path, (int)line + 1, Encoding.UTF8.GetCharCount(rest[..(int)Math.Min(bytes, rest.Length)]) + 1);
    }
}

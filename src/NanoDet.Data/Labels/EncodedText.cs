using System.Buffers;
using System.Text;
using System.Text.Unicode;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Text files of the user: in the encoding of their byte order mark, or else in UTF-8.</summary>
internal static class EncodedText
{
    /// <summary>Decodes a file; a guess at another encoding would put wrong names into models.</summary>
    /// <param name="content">The file.</param>
    /// <param name="path">Its path, for the location.</param>
    /// <param name="refused">The error of such a file that is not in UTF-8, at its first such line.</param>
    /// <exception cref="NanoDetException">That error.</exception>
    public static string Decode(byte[] content, string path, Func<SourceLocation, Diagnostic> refused)
    {
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        var text = reader.ReadToEnd();
        if (reader.CurrentEncoding is not UTF8Encoding)
        {
            return text;
        }

        // UTF-16 without a mark has a zero in every Latin letter.
        var zero = content.AsSpan().IndexOf((byte)0);
        var valid = zero < 0 ? content.Length : zero;
        var isUtf8 = Utf8.ToUtf16(content.AsSpan(0, valid), new char[valid], out var read, out _, replaceInvalidSequences: false) == OperationStatus.Done;
        return isUtf8 && zero < 0
            ? text
            : throw new NanoDetException(refused(new(path, content.AsSpan(0, read).Count((byte)'\n') + 1, 1)));
    }

    /// <summary>A file in UTF-8, without a byte order mark: numbers and JSON are read as bytes, and some editors write UTF-16.</summary>
    /// <param name="content">The file.</param>
    public static ReadOnlySpan<byte> InUtf8(ReadOnlySpan<byte> content) => content switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => rest,
        [0xFF, 0xFE, .. var rest] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(rest)),
        [0xFE, 0xFF, .. var rest] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(rest)),
        _ => content,
    };

    /// <summary>A piece of a file as text, good enough for words in ASCII: by its byte order mark, or else each byte as a character.</summary>
    /// <param name="piece">The piece, which may end inside a character.</param>
    public static string Guess(byte[] piece) => piece switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.Latin1.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => Encoding.Latin1.GetString(piece),
    };
}

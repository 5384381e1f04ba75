using System.Xml;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Voc;

/// <summary>
/// Reads Pascal VOC XML as labelImg, labelme, CVAT and others write it. Coordinates are used as they are written, as pixels
/// from the image's left and top edge: floats stay floats, and nothing is subtracted from them (as NanoDet does).
/// </summary>
public static class VocReader
{
    // A thousand boxes need about 300 KB.
    internal const long MaxLength = 16 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003, NDB1005, NDB1006, NDB1046.</exception>
    public static LabeledImage Read(string path) => Read(path, path);

    /// <summary>Reads a file; locations name it by another path.</summary>
    internal static LabeledImage Read(string file, string path)
        => LabelFile.Read(file, MaxLength, path, static (content, path) => Read(content, path));

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in any encoding that XML declares.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1002, NDB1005, NDB1006, NDB1046.</exception>
    public static LabeledImage Read(ReadOnlySpan<byte> content, string path)
    {
        if (content.Length > MaxLength)
        {
            throw new NanoDetException(LabelDiagnostics.FileTooLarge(new(path), content.Length, MaxLength));
        }

        return ReadPlain(content, path) ?? ReadXml(content, path);
    }

    /// <summary>Reads through <see cref="VocScanner"/>.</summary>
    /// <returns>Null if the content is too unusual for the scanner.</returns>
    internal static LabeledImage? ReadPlain(ReadOnlySpan<byte> content, string path)
    {
        var markup = new VocScanner(content, stackalloc (int, int)[VocScanner.MaxDepth]);
        return new VocParser(path, new LabelErrors(), content.Count("<object>"u8)).Parse(ref markup);
    }

    /// <summary>Reads through <see cref="XmlReader"/>.</summary>
    internal static LabeledImage ReadXml(ReadOnlySpan<byte> content, string path)
    {
        var errors = new LabelErrors();
        try
        {
            using var markup = new VocXmlMarkup(content.ToArray());
            var reference = markup;
            return new VocParser(path, errors).Parse(ref reference)!;
        }
        catch (XmlException exception)
        {
            // The message ends with the position, which the location already gives.
            var end = exception.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
            var reason = (end > 0 ? exception.Message[..end] : exception.Message).TrimEnd('.');
            var location = new SourceLocation(path, exception.LineNumber, exception.LinePosition);
            throw errors.With(new NanoDetException(LabelDiagnostics.Malformed(location, reason), exception));
        }
    }
}

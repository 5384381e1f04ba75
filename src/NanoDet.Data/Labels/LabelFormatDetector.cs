using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Detects the format of labels by their content; names only select the files to try.</summary>
public static class LabelFormatDetector
{
    internal const long MaxLength = 1 << 30;

    /// <summary>Detects the format of a file.</summary>
    /// <returns>Null if it is not a supported format.</returns>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003.</exception>
    public static LabelFormat? DetectFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".xml" => IsVoc(LabelFile.Read(path, MaxLength)) ? LabelFormat.Voc : null,
        ".json" => DetectJson(LabelFile.Read(path, MaxLength), path),
        ".txt" => IsYolo(LabelFile.Read(path, MaxLength)) ? LabelFormat.Yolo : null,
        _ => null,
    };

    /// <summary>Detects the format of the first label file in a folder, by path (ordinal), or of a file.</summary>
    /// <exception cref="NanoDetException">NDB1001 to NDB1004.</exception>
    public static LabelFormat Detect(string path)
    {
        var files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : Enumerable.Repeat(path, 1);
        return files.Select(DetectFile).FirstOrDefault(format => format is not null)
            ?? throw new NanoDetException(LabelDiagnostics.UnknownFormat(new(path)));
    }

    /// <summary>Detects the format of a JSON file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <returns>Null if it is not a supported format.</returns>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    internal static LabelFormat? DetectJson(ReadOnlySpan<byte> content, string path) => JsonForm.FormatOf(JsonForm.OfMembers(content, path));

    private static bool IsVoc(ReadOnlySpan<byte> content)
        => content.IndexOf("<annotation"u8) >= 0
            || content.IndexOf(Encoding.Unicode.GetBytes("<annotation")) >= 0
            || content.IndexOf(Encoding.BigEndianUnicode.GetBytes("<annotation")) >= 0;

    // A line with a class and numbers, which does not occur in lists of names or images. Commas and decimals of a class are told by the reader.
    private static bool IsYolo(ReadOnlySpan<byte> content)
    {
        var line = content[..Math.Min(content.Length, 4096)].TrimStart(" \t\r\n"u8);
        var end = line.IndexOf((byte)'\n');
        var tokens = Encoding.UTF8.GetString(end < 0 ? line : line[..end]).Split([' ', '\t', '\r', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return tokens.Length >= 5
            && tokens.Take(5).All(token => double.TryParse(token, System.Globalization.CultureInfo.InvariantCulture, out _));
    }
}

using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels;

/// <summary>Detects the format of labels by their content; names only select the files to try.</summary>
public static class LabelFormatDetector
{
    internal const long MaxLength = 1 << 30;

    // What precedes the labels in a file that somebody names: a licence, a document type.
    private const int LongestStart = 1 << 16;

    /// <summary>Detects the format of a file.</summary>
    /// <returns>Null if it is not a supported format.</returns>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003.</exception>
    public static LabelFormat? DetectFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".xml" => LabelTrace.IsVoc(First(path)) ? LabelFormat.Voc : null,
        ".json" => DetectJson(LabelFile.Read(path, MaxLength), path),
        ".txt" => LabelTrace.IsYolo(First(path)) ? LabelFormat.Yolo : null,
        _ => null,
    };

    /// <summary>What is wrong with a file that has no format: NDB1010 where it is known which one it has, else NDB1004.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003.</exception>
    internal static Diagnostic Unread(string path)
        => Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? Unread(LabelFile.Read(path, MaxLength), path)
            : ForeignFile.Of(path, () => First(path)) ?? LabelDiagnostics.UnknownFormat(new(path));

    /// <summary>The same for the content of a JSON file.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    internal static Diagnostic Unread(ReadOnlySpan<byte> content, string path)
        => ForeignForm.Of(JsonForm.OfMembers(content, path), new(path)) ?? LabelDiagnostics.UnknownFormat(new(path));

    /// <summary>Detects the format of a JSON file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <returns>Null if it is not a supported format.</returns>
    /// <exception cref="NanoDetException">NDB1001.</exception>
    internal static LabelFormat? DetectJson(ReadOnlySpan<byte> content, string path) => JsonForm.FormatOf(JsonForm.OfMembers(content, path));

    /// <summary>The first bytes of a file.</summary>
    /// <exception cref="NanoDetException">NDB1002, NDB1003.</exception>
    internal static byte[] First(string path) => LabelFile.Read(path, MaxLength, 0, static (content, _) => content[..Math.Min(content.Length, LongestStart)].ToArray());
}

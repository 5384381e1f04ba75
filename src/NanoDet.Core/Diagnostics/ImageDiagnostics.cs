using static NanoDet.Core.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Core.Diagnostics;

/// <summary>NDB12xx: image files and their pixels.</summary>
internal static class ImageDiagnostics
{
    /// <summary>NDB1200: the image is damaged or cut off.</summary>
    public static Diagnostic Corrupt(string path, string reason)
        => new("NDB1200", Error, $"The image cannot be decoded: {reason}", new SourceLocation(path));

    /// <summary>NDB1201: the file is not in a known image format.</summary>
    public static Diagnostic UnknownFormat(string path)
        => new("NDB1201", Error, "The file is not in a known image format (JPEG, PNG, BMP, WebP, GIF, TIFF)", new SourceLocation(path));

    /// <summary>NDB1202: the image has more pixels than the limit; nothing was decoded.</summary>
    public static Diagnostic TooLarge(string path, int width, int height, long maxPixels)
        => new("NDB1202", Error, $"The image is {width} x {height} pixels; at most {maxPixels} pixels in all are decoded", new SourceLocation(path));

    /// <summary>NDB1203: the image file cannot be opened or read.</summary>
    public static Diagnostic Unreadable(string path, string reason)
        => new("NDB1203", Error, $"The image file cannot be read: {reason}", new SourceLocation(path));

    /// <summary>NDB1204: the decoded image does not have the size that its header states, with which its labels were checked.</summary>
    public static Diagnostic SizeChanged(string path, int width, int height, int expectedWidth, int expectedHeight)
        => new(
            "NDB1204", Error, $"The image is {width} x {height} pixels, but its labels were checked against {expectedWidth} x {expectedHeight}: its header is damaged",
            new SourceLocation(path));

    /// <summary>NDB1205: no font of this machine has the characters of a class name.</summary>
    public static Diagnostic UnwritableName(string name, int label)
        => new("NDB1205", Warning, $"No font on this machine can draw the class name '{name}'; pictures show it as #{label}");

    /// <summary>NDB1206: the file has another content than when the build planned.</summary>
    public static Diagnostic ContentChanged(string path)
        => new("NDB1206", Error, "The image changed while the build ran: it differs from the file that was read at the start. Build again", new SourceLocation(path));

    /// <summary>NDB1207: a JPEG ends before its picture does.</summary>
    public static Diagnostic EndsEarly(string path)
        => new("NDB1207", Warning, "The JPEG ends too early; where a part of the picture is missing, it is grey", new SourceLocation(path));
}

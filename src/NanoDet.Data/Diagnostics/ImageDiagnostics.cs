using static NanoDet.Data.Diagnostics.DiagnosticSeverity;

namespace NanoDet.Data.Diagnostics;

/// <summary>NDB12xx: the pixels of pictures.</summary>
public static class ImageDiagnostics
{
    /// <summary>NDB1200: the picture is damaged or cut off.</summary>
    public static Diagnostic Corrupt(string path, string reason)
        => new("NDB1200", Error, $"The picture cannot be decoded: {reason}", new SourceLocation(path));

    /// <summary>NDB1201: the file is no picture of a known format.</summary>
    public static Diagnostic UnknownFormat(string path)
        => new("NDB1201", Error, "The file is not a picture of a known format (JPEG, PNG, BMP, WebP, GIF)", new SourceLocation(path));

    /// <summary>NDB1202: the picture has more pixels than the limit; nothing was decoded.</summary>
    public static Diagnostic TooLarge(string path, int width, int height, long maxPixels)
        => new("NDB1202", Error, $"The picture is {width} x {height} pixels; at most {maxPixels} in all are decoded", new SourceLocation(path));

    /// <summary>NDB1203: the picture's file cannot be opened or read.</summary>
    public static Diagnostic Unreadable(string path, string reason)
        => new("NDB1203", Error, $"The picture's file cannot be read: {reason}", new SourceLocation(path));

    /// <summary>NDB1204: the picture has another size than when the build looked at it.</summary>
    public static Diagnostic SizeChanged(string path, int width, int height, int expectedWidth, int expectedHeight)
        => new(
            "NDB1204", Error, $"The picture is {width} x {height} pixels, but was {expectedWidth} x {expectedHeight} when its labels were read",
            new SourceLocation(path));

    /// <summary>NDB1205: no font of this machine has the characters of a class name.</summary>
    public static Diagnostic UnwritableName(string name, int label)
        => new("NDB1205", Warning, $"No font on this machine can write the class name '{name}'; pictures show it as #{label}");

    /// <summary>NDB1206: the header of a picture and its decoder see different pictures.</summary>
    public static Diagnostic HeaderDisagrees(string path, int width, int height, int decodedWidth, int decodedHeight) => new(
        "NDB1206", Error, $"The picture's header says {width} x {height} pixels, but what it holds decodes to {decodedWidth} x {decodedHeight}; it is damaged",
        new SourceLocation(path));
}

namespace NanoDet.Data.Images;

/// <summary>Which files are pictures by their names.</summary>
internal static class PictureFile
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff",
    };

    // Such pictures are converted before they are labelled or learnt from, and keep their names in the labels.
    private static readonly string[] Converted = [".heic", ".heif", ".avif", ".jp2", ".dng", ".ppm", ".pgm", ".pnm", ".jxl"];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ByExtension = Extensions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a path has the extension of a picture.</summary>
    public static bool Is(ReadOnlySpan<char> path) => ByExtension.Contains(Path.GetExtension(path));

    /// <summary>Whether a path has the extension of a picture in a form that is not read.</summary>
    public static bool IsUnread(string path) => Converted.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that labels give a picture, without its extension: a name without an extension may have a dot.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    public static string StemOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Is(name) || IsUnread(name) ? Path.GetFileNameWithoutExtension(name) : name;
    }
}

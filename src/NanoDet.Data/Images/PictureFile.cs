namespace NanoDet.Data.Images;

/// <summary>Which files are pictures by their names.</summary>
internal static class PictureFile
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ByExtension = Extensions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a path has the extension of a picture.</summary>
    public static bool Is(ReadOnlySpan<char> path) => ByExtension.Contains(Path.GetExtension(path));
}

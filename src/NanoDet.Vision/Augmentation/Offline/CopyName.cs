using System.Globalization;
using NanoDet.Data.Files;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>
/// Names of copies: <c>cells/a.jpg</c> has <c>cells/a_000001.jpg</c> with <c>cells/a_000001.xml</c> and so on. JPEG images stay
/// JPEG; all other formats become PNG. A name that would be too long for a file system is cut
/// (<see cref="FileNameLength"/>). Folders above the project and drives become folders of the output.
/// </summary>
internal static class CopyName
{
    // The longest of what follows.
    private static readonly int MostEnding = "_000001.jpeg".Length;

    /// <summary>Returns the paths of a copy's image and labels relative to the output folder, with forward slashes.</summary>
    public static (string Image, string Label) Of(string sourcePath, int index)
    {
        var extension = Path.GetExtension(sourcePath);
        var isJpeg = extension.ToUpperInvariant() is ".JPG" or ".JPEG";
        var stem = string.Create(CultureInfo.InvariantCulture, $"{Stem(sourcePath)}_{index:D6}");
        return (stem + (isJpeg ? extension : ".png"), stem + ".xml");
    }

    /// <summary>Returns the prefix of the names of all copies of an image; two images with the same prefix clash.</summary>
    public static string Stem(string sourcePath)
    {
        var parts = sourcePath.Split('/', '\\').Where(part => part is not ("" or "."));
        var inside = string.Join('/', parts.Select(part => part == ".." ? "_up" : part.Replace(':', '_')));
        var stem = inside[..^Path.GetExtension(inside).Length];
        var folder = stem.LastIndexOf('/') + 1;
        return stem[..folder] + FileNameLength.Cut(stem[folder..], FileNameLength.Most - MostEnding);
    }
}

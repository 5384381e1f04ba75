using System.Text.RegularExpressions;

namespace NanoDet.Data.Splitting;

/// <summary>
/// The original of a copy that a tool made: Roboflow calls augmented copies of <c>bolt.jpg</c> <c>bolt_jpg.rf.HASH.jpg</c>. They show the
/// same scene, so they have to be in one part.
/// </summary>
internal static partial class OriginalImage
{
    /// <summary>Name of the original; null for an image that is none of such copies.</summary>
    /// <param name="path">Stored path of the image.</param>
    public static string? Of(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Contains(".rf.", StringComparison.Ordinal) && Copy().Match(name) is { Success: true } match ? $"{match.Groups[1]}.{match.Groups[2]}" : null;
    }

    [GeneratedRegex(@"^(.+)_([A-Za-z]{3,4})\.rf\.[0-9A-Za-z_-]+\.[A-Za-z]{3,4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Copy();
}

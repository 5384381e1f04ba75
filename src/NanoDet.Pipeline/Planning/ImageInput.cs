using System.Collections.Immutable;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Planning;

/// <summary>An image as an entry of a stage's fingerprint: <c>image PATH</c> = the picture's hash, then <c>name=value</c> facets.</summary>
internal static class ImageInput
{
    private const string Prefix = "image ";

    /// <summary>Bits enough to tell any two pictures apart, at half the length: there is one for every image.</summary>
    private const int HashDigits = 32;

    /// <summary>The entry of an image.</summary>
    /// <param name="path">The stored path.</param>
    /// <param name="picture">SHA-256 of the picture, hexadecimal.</param>
    /// <param name="facets">What else of it the stage depends on, by a name that reads well in a reason.</param>
    public static FingerprintEntry Entry(string path, string picture, params ReadOnlySpan<(string Name, string? Value)> facets)
    {
        var value = picture[..HashDigits];
        foreach (var (name, facet) in facets)
        {
            value += facet is null ? "" : $"|{name}={facet}";
        }

        return new FingerprintEntry(Prefix + path, value);
    }

    /// <summary>A hash as short as the picture's.</summary>
    public static string Short(ContentHash hash) => hash.ToString()[..HashDigits];

    /// <summary>The stored path; null where the entry is no image's.</summary>
    public static string? PathOf(string entryName)
        => entryName.StartsWith(Prefix, StringComparison.Ordinal) ? entryName[Prefix.Length..] : null;

    /// <summary>The picture's hash.</summary>
    public static string PictureOf(string value) => value[..Math.Min(HashDigits, value.Length)];

    /// <summary>The facets by name.</summary>
    public static ImmutableSortedDictionary<string, string> FacetsOf(string value) => value.Split('|').Skip(1)
        .Select(facet => facet.Split('=', 2))
        .ToImmutableSortedDictionary(facet => facet[0], facet => facet.Length > 1 ? facet[1] : "", StringComparer.Ordinal);
}

using System.Collections.Immutable;

namespace NanoDet.Data.Fingerprints;

/// <summary>An image among the things that a <see cref="Fingerprint"/> was made of.</summary>
/// <param name="Path">Its stored path.</param>
/// <param name="Picture">Hash of the content of the image.</param>
public readonly record struct ImageEntry(string Path, string Picture)
{
    /// <summary>Names of the classes on it; null where they play no part.</summary>
    public string? Classes { get; init; }

    /// <summary>The group that keeps it together with others; null where it is in none, or where that plays no part.</summary>
    public string? Group { get; init; }

    /// <summary>Hash over the meaning of its labels; null where they play no part.</summary>
    public string? Labels { get; init; }

    /// <summary>The part of the data that it is in; null where that plays no part.</summary>
    public string? Part { get; init; }

    /// <summary>All but path and picture, by the names that a sentence about a change uses.</summary>
    public ImmutableArray<(string Name, string? Value)> Facets => [("classes", Classes), ("group", Group), ("labels", Labels), ("part", Part)];
}

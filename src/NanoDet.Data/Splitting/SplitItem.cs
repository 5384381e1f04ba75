using System.Collections.Immutable;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>What the split knows of one image.</summary>
/// <param name="Path">Its path, for messages only.</param>
/// <param name="ContentHash">SHA-256 of the image file, lower-case hexadecimal.</param>
/// <param name="Classes">Names of the classes that it shows; empty for a negative image.</param>
public sealed record SplitItem(string Path, string ContentHash, ImmutableArray<string> Classes)
{
    /// <summary>Images of one group (a video, a patient, a place) stay together; null for an image on its own.</summary>
    public string? Group { get; init; }

    /// <summary>The part that the user asked for, on the item or in a list; null where the hash decides.</summary>
    public DatasetPart? Assigned { get; init; }

    /// <summary>Whether a <c>trainval</c> list keeps the image out of the test part.</summary>
    public bool NeverTest { get; init; }
}

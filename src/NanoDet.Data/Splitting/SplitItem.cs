using System.Collections.Immutable;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>The data of one image for the split.</summary>
/// <param name="Path">Its path, for messages only.</param>
/// <param name="ContentHash">SHA-256 of the image file, lower-case hexadecimal.</param>
/// <param name="Classes">Names of the classes of its objects, each once; empty for a negative image.</param>
public sealed record SplitItem(string Path, string ContentHash, ImmutableArray<string> Classes)
{
    /// <summary>Images of one group (a video, a patient, a place) are in the same part; null for an image without a group.</summary>
    public string? Group { get; init; }

    /// <summary>The part that the user chose, on the item or in a list; null if the hash decides.</summary>
    public DatasetPart? Assigned { get; init; }

    /// <summary>Whether a <c>trainval</c> list keeps the image out of the test part.</summary>
    public bool NeverTest { get; init; }
}

using System.Collections.Immutable;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Manifest;

/// <summary>Images in the history of a model.</summary>
/// <param name="Count">The number of images.</param>
/// <param name="First">Stored paths of the first twenty.</param>
public sealed record ManifestImages(int Count, ImmutableArray<string> First)
{
    private const int Most = 20;

    /// <summary>No image.</summary>
    public static ManifestImages None { get; } = new(0, []);

    /// <summary>Counts images and keeps the first paths.</summary>
    public static ManifestImages Of(ImmutableArray<ImageReference> images) => new(images.Length, [.. images.Take(Most).Select(image => image.Path)]);
}

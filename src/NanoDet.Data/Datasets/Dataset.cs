using System.Collections.Immutable;

namespace NanoDet.Data.Datasets;

/// <summary>
/// What training, evaluation and augmentation see: classes in label order and judged, split images. Every label format
/// has become this form by now, so nothing behind it knows files of labels.
/// </summary>
/// <param name="Classes">Class names; the index is the label that the network learns.</param>
/// <param name="Images">The images, ordered by <see cref="DatasetImage.Path"/> (ordinal).</param>
public sealed record Dataset(ImmutableArray<string> Classes, ImmutableArray<DatasetImage> Images)
{
    /// <summary>The images of one part, in the same order.</summary>
    public IEnumerable<DatasetImage> Of(DatasetPart part) => Images.Where(image => image.Part == part);
}

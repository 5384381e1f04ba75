using System.Collections.Immutable;

namespace NanoDet.Data.Datasets;

/// <summary>
/// The data set for training, evaluation and augmentation: classes in label order, and checked and split images. All label formats
/// are converted to this form, so nothing else depends on label files.
/// </summary>
/// <param name="Classes">Class names; the index is the label in the network's output.</param>
/// <param name="Images">The images, ordered by <see cref="DatasetImage.Path"/> (ordinal).</param>
public sealed record Dataset(ImmutableArray<string> Classes, ImmutableArray<DatasetImage> Images)
{
    /// <summary>The images of one part, in the same order.</summary>
    public IEnumerable<DatasetImage> Of(DatasetPart part) => Images.Where(image => image.Part == part);
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NanoDet.Data.Parallelism;

namespace NanoDet.Data.Datasets;

/// <summary>A data set with the meaning of the labels of each image as a hash: worked out once for everything that compares.</summary>
/// <param name="dataset">The data set.</param>
public sealed class DatasetMeaning(Dataset dataset)
{
    /// <summary>The data set.</summary>
    public Dataset Dataset { get; } = dataset;

    /// <summary>Its images, in the same order.</summary>
    public ImmutableArray<ImageMeaning> Images { get; } = ImmutableCollectionsMarshal.AsImmutableArray(
        ParallelLoop.Map(dataset.Images.Length, i => new ImageMeaning(dataset.Images[i], LabelFingerprint.Of(dataset.Images[i], dataset.Classes))));

    /// <summary>The images of one part, in the same order.</summary>
    public IEnumerable<ImageMeaning> Of(DatasetPart part) => Images.Where(image => image.Image.Part == part);
}

using System.Collections.Immutable;
using NanoDet.Data.Datasets;
using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;

namespace NanoDet.Vision.Augmentation;

/// <summary>Everything about one sample except its pixels, which <see cref="OnlineAugmentation.Write"/> makes.</summary>
/// <param name="Canvas">Size of the sample before the batch is padded.</param>
/// <param name="Matrix">From the image to the canvas.</param>
/// <param name="Color">The colour changes.</param>
/// <param name="Objects">The objects that are kept, with boxes in pixels of the canvas.</param>
public sealed record AugmentedSample(PixelSize Canvas, Homography Matrix, ColorJitter Color, ImmutableArray<DatasetObject> Objects);

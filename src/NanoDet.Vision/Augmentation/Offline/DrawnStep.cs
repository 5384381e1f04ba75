using System.Collections.Immutable;
using NanoDet.Data.Augmentation;
using NanoDet.Imaging;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>A step of the recipe with its random numbers.</summary>
/// <param name="Step">The step.</param>
/// <param name="Happens">Whether the step is applied.</param>
/// <param name="Values">A number for each of its ranges.</param>
internal sealed record DrawnStep(AugmentationStep Step, bool Happens, ImmutableArray<double> Values)
{
    /// <summary>
    /// Draws the numbers of a step, even if it is not applied, so that a changed probability does not change
    /// the other steps.
    /// </summary>
    public static DrawnStep Draw(AugmentationStep step, KeyedRandom random)
    {
        var happens = random.NextChance(step.Probability);
        // Each side is cut by a number of its own: left, right, top, bottom.
        var times = step is CropStep ? 4 : 1;
        return new(step, happens, [.. step.Ranges.SelectMany(range => Enumerable.Repeat(range.Value, times)).Select(range => random.NextDouble(range.Low, range.High))]);
    }

    /// <summary>Returns the geometric transform of the step, in continuous coordinates; null if it only changes values.</summary>
    public Homography? Geometry(PixelSize size) => Step switch
    {
        FlipHorizontalStep => Homography.Translate(size.Width, 0) * Homography.Scale(-1, 1),
        FlipVerticalStep => Homography.Translate(0, size.Height) * Homography.Scale(1, -1),
        AffineStep => Homography.Translate((size.Width / 2.0) + Values[0], (size.Height / 2.0) + Values[1])
            * Homography.Rotate(Values[3]) * Homography.Shear(Values[4], 0) * Homography.Scale(Values[2], Values[2])
            * Homography.Translate(-size.Width / 2.0, -size.Height / 2.0),
        CropStep => Homography.Scale(1 / (1 - Values[0] - Values[1]), 1 / (1 - Values[2] - Values[3]))
            * Homography.Translate(-Values[0] * size.Width, -Values[2] * size.Height),
        _ => null,
    };
}

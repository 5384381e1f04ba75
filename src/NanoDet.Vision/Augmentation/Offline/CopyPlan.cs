using System.Collections.Immutable;
using NanoDet.Data.Augmentation;
using NanoDet.Imaging;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>The operations for one copy: the geometry for the boxes and the passes for the pixels.</summary>
/// <param name="Matrix">From the image to the copy, in continuous coordinates.</param>
/// <param name="Passes">The passes, in order; none for a copy that changes nothing.</param>
internal sealed record CopyPlan(Homography Matrix, ImmutableArray<PixelPass> Passes)
{
    /// <summary>Draws the random numbers of a copy and plans it.</summary>
    /// <param name="recipe">The steps.</param>
    /// <param name="size">Size of the image and of the copy.</param>
    /// <param name="random">The random numbers of the copy; noise continues to use them while the passes run.</param>
    public static CopyPlan Draw(AugmentationRecipe recipe, PixelSize size, KeyedRandom random)
    {
        // All numbers are drawn before the first pass runs.
        ImmutableArray<DrawnStep> steps = [.. recipe.Steps.Select(step => DrawnStep.Draw(step, random))];
        var planner = new PassPlanner(random);
        var matrix = Homography.Identity;
        foreach (var step in steps.Where(step => step.Happens))
        {
            if (step.Geometry(size) is { } geometry)
            {
                planner.Move(step.Step, geometry);
                matrix = geometry * matrix;
            }
            else
            {
                planner.Change(step);
            }
        }

        return new(matrix, planner.Finish());
    }
}

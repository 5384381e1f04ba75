using System.Collections.Immutable;
using NanoDet.Data.Augmentation;
using NanoDet.Imaging;
using NanoDet.Imaging.Warping;
using NanoDet.Vision.Randomness;

namespace NanoDet.Vision.Augmentation.Offline;

/// <summary>What is done to make one copy: the geometry that boxes follow and the passes that pixels take.</summary>
/// <param name="Matrix">From the picture to the copy, in continuous coordinates.</param>
/// <param name="Passes">The passes, in order; none for a copy that changes nothing.</param>
internal sealed record CopyPlan(Homography Matrix, ImmutableArray<PixelPass> Passes)
{
    /// <summary>Draws a copy.</summary>
    /// <param name="recipe">The steps.</param>
    /// <param name="size">Size of the picture and of the copy.</param>
    /// <param name="random">The copy's numbers; noise goes on taking from it while the passes are made.</param>
    public static CopyPlan Draw(AugmentationRecipe recipe, PixelSize size, KeyedRandom random)
    {
        // Every number is drawn before the first pass is made.
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

using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Augmentation;

/// <summary>The changes that make copies of an image.</summary>
/// <param name="Steps">The changes, in order.</param>
/// <param name="Copies">Number of copies of each image.</param>
public sealed record AugmentationRecipe(ImmutableArray<AugmentationStep> Steps, int Copies)
{
    private const string ImgaugClassicName = "imgaug-classic";

    /// <summary>
    /// A recipe from a popular script for the imgaug library: flips, a brightness factor, blur, and an affine
    /// transform that translates by 15 pixels, shrinks and rotates; five copies.
    /// </summary>
    public static AugmentationRecipe ImgaugClassic { get; } = new(
        [
            new FlipVerticalStep { Probability = 0.5 },
            new FlipHorizontalStep { Probability = 0.5 },
            new MultiplyStep(new(1.2, 1.5)),
            new GaussianBlurStep(new(0, 3)),
            new AffineStep { TranslateX = new(15, 15), TranslateY = new(15, 15), Scale = new(0.8, 0.95), Rotate = new(-30, 30) },
        ],
        5);

    /// <summary>Returns a recipe by its name.</summary>
    /// <param name="name">Its name; case is ignored.</param>
    /// <param name="location">Where the user wrote it.</param>
    /// <exception cref="NanoDetException">NDB2101: there is no recipe with that name.</exception>
    public static AugmentationRecipe Preset(string name, SourceLocation? location = null)
        => name.Equals(ImgaugClassicName, StringComparison.OrdinalIgnoreCase)
            ? ImgaugClassic
            : throw new NanoDetException(AugmentationDiagnostics.UnknownPreset(name, [ImgaugClassicName], location));

    /// <summary>Returns the recipe of a project: the steps of a preset, then the project's own steps.</summary>
    /// <param name="preset">Name of a preset; null for none.</param>
    /// <param name="items">Steps as the project writes them, in order.</param>
    /// <param name="copies">Number of copies of each image; null for the number of the preset, and none without a preset.</param>
    /// <param name="location">Where the user wrote it.</param>
    /// <returns>Null if there is nothing to do.</returns>
    /// <exception cref="NanoDetException">NDB2101 to NDB2106, or NDB2109.</exception>
    public static AugmentationRecipe? Of(string? preset, IEnumerable<AugmentationItem> items, int? copies, SourceLocation? location = null)
    {
        var basis = preset is null ? new([], 0) : Preset(preset, location);
        var recipe = new AugmentationRecipe(
            [.. basis.Steps, .. items.Select(item => AugmentationStepParser.Parse(item.Name, item.Settings, location))],
            copies ?? basis.Copies);
        recipe.Validate(location);
        return recipe.Steps.IsEmpty || recipe.Copies == 0 ? null : recipe;
    }

    /// <summary>Checks the ranges.</summary>
    /// <param name="location">Where the user wrote them.</param>
    /// <exception cref="NanoDetException">NDB2102 or NDB2103.</exception>
    public void Validate(SourceLocation? location = null)
    {
        Check("Copies", new(Copies, Copies), 0, 1000);
        foreach (var step in Steps)
        {
            Check("Probability", new(step.Probability, step.Probability), 0, 1);
            foreach (var range in step.Ranges)
            {
                Check(range.Name, range.Value, range.Low, range.High);
            }
        }

        void Check(string name, ValueRange range, double low, double high)
        {
            if (!(range.Low <= range.High))
            {
                throw new NanoDetException(AugmentationDiagnostics.InvertedRange(name, range.Low, range.High, location));
            }

            if (range.Low < low || range.High > high)
            {
                throw new NanoDetException(AugmentationDiagnostics.OutOfRange(name, range.Low, range.High, low, high, location));
            }
        }
    }
}

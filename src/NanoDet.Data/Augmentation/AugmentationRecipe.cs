using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Augmentation;

/// <summary>What is done to a picture to make copies of it.</summary>
/// <param name="Steps">The changes, in order.</param>
/// <param name="Copies">Copies of each picture.</param>
public sealed record AugmentationRecipe(ImmutableArray<AugmentationStep> Steps, int Copies)
{
    private const string ImgaugClassicName = "imgaug-classic";

    /// <summary>
    /// The recipe that circulates as a script around the imgaug library: flips, brighter by a factor, blur, and an affine
    /// change that moves by 15 pixels, shrinks and turns; five copies.
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

    /// <summary>A recipe by its name.</summary>
    /// <param name="name">Its name; case does not count.</param>
    /// <param name="location">Where the user wrote it.</param>
    /// <exception cref="DiagnosticException">NDB2101: there is none of that name.</exception>
    public static AugmentationRecipe Preset(string name, SourceLocation? location = null)
        => name.Equals(ImgaugClassicName, StringComparison.OrdinalIgnoreCase)
            ? ImgaugClassic
            : throw new DiagnosticException(AugmentationDiagnostics.UnknownPreset(name, [ImgaugClassicName], location));

    /// <summary>The recipe that a project asks for: the steps of a preset, then those that it names itself.</summary>
    /// <param name="preset">Name of a preset; null for none.</param>
    /// <param name="items">Steps as the project writes them, in order.</param>
    /// <param name="copies">Copies of each picture; null for as many as the preset says, which is none without one.</param>
    /// <param name="location">Where the user wrote it.</param>
    /// <returns>Null where there is nothing to do.</returns>
    /// <exception cref="DiagnosticException">NDB2101 to NDB2106, or NDB2109.</exception>
    public static AugmentationRecipe? Of(string? preset, IEnumerable<AugmentationItem> items, int? copies, SourceLocation? location = null)
    {
        var basis = preset is null ? new([], 0) : Preset(preset, location);
        var recipe = new AugmentationRecipe(
            [.. basis.Steps, .. items.Select(item => AugmentationStepParser.Parse(item.Name, item.Settings, location))],
            copies ?? basis.Copies);
        recipe.Validate(location);
        return recipe.Steps.IsEmpty || recipe.Copies == 0 ? null : recipe;
    }

    /// <summary>Judges the ranges.</summary>
    /// <param name="location">Where the user wrote them.</param>
    /// <exception cref="DiagnosticException">NDB2102 or NDB2103.</exception>
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
                throw new DiagnosticException(AugmentationDiagnostics.InvertedRange(name, range.Low, range.High, location));
            }

            if (range.Low < low || range.High > high)
            {
                throw new DiagnosticException(AugmentationDiagnostics.OutOfRange(name, range.Low, range.High, low, high, location));
            }
        }
    }
}

using System.Globalization;
using System.Text;
using NanoDet.Data.Configuration;

namespace NanoDet.Data.Augmentation;

/// <summary>A recipe as one line of text, the same on every machine, for keys and logs.</summary>
public static class AugmentationKey
{
    /// <summary>The recipe's steps in order with every number in full, and the number of copies.</summary>
    public static string Of(AugmentationRecipe recipe)
    {
        var text = new StringBuilder();
        foreach (var step in recipe.Steps)
        {
            text.Append(Name(step));
            foreach (var (name, range) in Ranges(step))
            {
                text.Append(CultureInfo.InvariantCulture, $" {name}={range.Low:R}..{range.High:R}");
            }

            text.Append(CultureInfo.InvariantCulture, $" p={step.Probability:R}; ");
        }

        return text.Append(CultureInfo.InvariantCulture, $"copies={recipe.Copies}").ToString();
    }

    private static string Name(AugmentationStep step) => step.GetType().Name[..^"Step".Length];

    private static IEnumerable<(string Name, ValueRange Range)> Ranges(AugmentationStep step) => step switch
    {
        MultiplyStep multiply => [("Factor", multiply.Factor)],
        BrightnessStep brightness => [("Amount", brightness.Amount)],
        ContrastStep contrast => [("Factor", contrast.Factor)],
        SaturationStep saturation => [("Factor", saturation.Factor)],
        GaussianBlurStep blur => [("Sigma", blur.Sigma)],
        GaussianNoiseStep noise => [("Sigma", noise.Sigma)],
        CropStep crop => [("Share", crop.Share)],
        AffineStep affine =>
        [
            ("TranslateX", affine.TranslateX), ("TranslateY", affine.TranslateY), ("Scale", affine.Scale), ("Rotate", affine.Rotate), ("Shear", affine.Shear),
        ],
        _ => [],
    };
}

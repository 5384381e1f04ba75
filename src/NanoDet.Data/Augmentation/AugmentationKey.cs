using System.Globalization;
using System.Text;

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
            text.Append(step.Name);
            foreach (var range in step.Ranges)
            {
                text.Append(CultureInfo.InvariantCulture, $" {range.Name}={range.Value.Low:R}..{range.Value.High:R}");
            }

            text.Append(CultureInfo.InvariantCulture, $" p={step.Probability:R}; ");
        }

        return text.Append(CultureInfo.InvariantCulture, $"copies={recipe.Copies}").ToString();
    }
}

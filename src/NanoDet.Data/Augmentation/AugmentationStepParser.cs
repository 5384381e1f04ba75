using System.Globalization;
using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Augmentation;

/// <summary>
/// Reads one step as a project writes it: a name, and settings that are a number or a range of two with <c>..</c> between
/// them: <c>GaussianBlur</c>, <c>Sigma</c> = <c>0..3</c>, <c>Probability</c> = <c>0.5</c>.
/// </summary>
public static class AugmentationStepParser
{
    private static readonly string[] Names =
        ["FlipHorizontal", "FlipVertical", "Multiply", "Brightness", "Contrast", "Saturation", "GaussianBlur", "GaussianNoise", "Affine", "Crop"];

    /// <summary>Reads a step.</summary>
    /// <param name="name">Its name; case does not count.</param>
    /// <param name="settings">Its settings; an empty one counts as absent.</param>
    /// <param name="location">Where the user wrote it.</param>
    /// <exception cref="DiagnosticException">NDB2104 to NDB2106.</exception>
    public static AugmentationStep Parse(string name, IReadOnlyDictionary<string, string> settings, SourceLocation? location = null)
    {
        var known = Names.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DiagnosticException(AugmentationDiagnostics.UnknownStep(name, Names, location));
        AugmentationStep step = known switch
        {
            "FlipHorizontal" => new FlipHorizontalStep(),
            "FlipVertical" => new FlipVerticalStep(),
            "Multiply" => new MultiplyStep(Required("Factor")),
            "Brightness" => new BrightnessStep(Required("Amount")),
            "Contrast" => new ContrastStep(Required("Factor")),
            "Saturation" => new SaturationStep(Required("Factor")),
            "GaussianBlur" => new GaussianBlurStep(Required("Sigma")),
            "GaussianNoise" => new GaussianNoiseStep(Required("Sigma")),
            "Crop" => new CropStep(Required("Share")),
            _ => new AffineStep
            {
                TranslateX = Optional("TranslateX") ?? new(0, 0),
                TranslateY = Optional("TranslateY") ?? new(0, 0),
                Scale = Optional("Scale") ?? ValueRange.One,
                Rotate = Optional("Rotate") ?? new(0, 0),
                Shear = Optional("Shear") ?? new(0, 0),
            },
        };
        return step with { Probability = Optional("Probability")?.Low ?? 1 };

        ValueRange Required(string setting)
            => Optional(setting) ?? throw new DiagnosticException(AugmentationDiagnostics.MissingSetting(known, setting, location));

        ValueRange? Optional(string setting)
        {
            if (!settings.TryGetValue(setting, out var text) || string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            var parts = text.Split("..", 2);
            return Number(parts[0], out var low) && Number(parts[^1], out var high)
                ? new ValueRange(low, high)
                : throw new DiagnosticException(AugmentationDiagnostics.NoRange(known, setting, text, location));
        }
    }

    private static bool Number(string text, out double value)
        => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}

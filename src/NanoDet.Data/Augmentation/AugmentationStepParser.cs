using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Augmentation;

/// <summary>
/// Parses one step as a project writes it: a name, and settings that are a number or a range of two with <c>..</c> between
/// them: <c>GaussianBlur</c>, <c>Sigma</c> = <c>0..3</c>, <c>Probability</c> = <c>0.5</c>.
/// </summary>
public static class AugmentationStepParser
{
    private const string Chance = "Probability";

    // Each step with its settings besides the probability.
    private static readonly Dictionary<string, string[]> Steps = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FlipHorizontal"] = [],
        ["FlipVertical"] = [],
        ["Multiply"] = ["Factor"],
        ["Brightness"] = ["Amount"],
        ["Contrast"] = ["Factor"],
        ["Saturation"] = ["Factor"],
        ["GaussianBlur"] = ["Sigma"],
        ["GaussianNoise"] = ["Sigma"],
        ["Affine"] = ["TranslateX", "TranslateY", "Scale", "Rotate", "Shear"],
        ["Crop"] = ["Share"],
    };

    /// <summary>Reads a step.</summary>
    /// <param name="name">Its name; case is ignored.</param>
    /// <param name="settings">Its settings; an empty one counts as absent.</param>
    /// <param name="location">Where the user wrote it.</param>
    /// <exception cref="DiagnosticException">NDB2104 to NDB2106, or NDB2109.</exception>
    public static AugmentationStep Parse(string name, IReadOnlyDictionary<string, string> settings, SourceLocation? location = null)
    {
        var known = Steps.Keys.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DiagnosticException(AugmentationDiagnostics.UnknownStep(name, Steps.Keys, location));
        string[] possible = [.. Steps[known], Chance];
        if (settings.Keys.FirstOrDefault(setting => !possible.Contains(setting, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new DiagnosticException(AugmentationDiagnostics.UnknownSetting(known, unknown, possible, location));
        }

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
        return step with { Probability = Optional(Chance)?.Low ?? 1 };

        ValueRange Required(string setting)
            => Optional(setting) ?? throw new DiagnosticException(AugmentationDiagnostics.MissingSetting(known, setting, location));

        ValueRange? Optional(string setting)
        {
            var text = settings.FirstOrDefault(pair => pair.Key.Equals(setting, StringComparison.OrdinalIgnoreCase)).Value;
            if (string.IsNullOrWhiteSpace(text))
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

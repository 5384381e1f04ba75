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

    // What stands here where a range is required is never used.
    private static readonly AugmentationStep[] Steps =
    [
        new FlipHorizontalStep(), new FlipVerticalStep(), new MultiplyStep(ValueRange.One), new BrightnessStep(ValueRange.One),
        new ContrastStep(ValueRange.One), new SaturationStep(ValueRange.One), new GaussianBlurStep(ValueRange.One),
        new GaussianNoiseStep(ValueRange.One), new AffineStep(), new CropStep(ValueRange.One),
    ];

    /// <summary>Reads a step.</summary>
    /// <param name="name">Its name; case is ignored.</param>
    /// <param name="settings">Its settings; an empty one counts as absent.</param>
    /// <param name="location">Where the user wrote it.</param>
    /// <exception cref="NanoDetException">NDB2104 to NDB2106, or NDB2109.</exception>
    public static AugmentationStep Parse(string name, IReadOnlyDictionary<string, string> settings, SourceLocation? location = null)
    {
        var known = Array.Find(Steps, candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new NanoDetException(AugmentationDiagnostics.UnknownStep(name, [.. Steps.Select(step => step.Name)], location));
        string[] possible = [.. known.Ranges.Select(range => range.Name), Chance];
        if (settings.Keys.FirstOrDefault(setting => !possible.Contains(setting, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new NanoDetException(AugmentationDiagnostics.UnknownSetting(known.Name, unknown, possible, location));
        }

        return known.With([.. known.Ranges.Select(Given)]) with { Probability = Optional(Chance)?.Low ?? 1 };

        ValueRange Given(StepRange range) => Optional(range.Name)
            ?? (range.IsOptional ? range.Value : throw new NanoDetException(AugmentationDiagnostics.MissingSetting(known.Name, range.Name, location)));

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
                : throw new NanoDetException(AugmentationDiagnostics.NoRange(known.Name, setting, text, location));
        }
    }

    private static bool Number(string text, out double value)
        => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}

using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration;

/// <summary>The MSBuild properties that override a configuration.</summary>
public static class OverrideProperties
{
    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "NanoDetEpochs", "NanoDetBatchSize", "NanoDetInputSize", "NanoDetLearningRate", "NanoDetSeed", "NanoDetPretrained",
        "NanoDetBackboneWeights", "NanoDetFreeze", "NanoDetValidationInterval", "NanoDetEarlyStopPatience", "NanoDetMaxMinutes",
        "NanoDetGuidanceEpochs", "NanoDetProgressiveResizing",
    ];

    /// <summary>Parses the properties; an absent or blank property overrides nothing.</summary>
    /// <param name="values">Values by property name; other properties may be among them.</param>
    /// <param name="problems">Takes NDB3016 for every invalid value.</param>
    public static ConfigurationOverrides Read(IReadOnlyDictionary<string, string> values, ICollection<Diagnostic> problems)
    {
        T? Parse<T>(string name, string expected, Func<string, T?> parse)
        {
            var text = values.GetValueOrDefault(name)?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                return default;
            }

            var value = parse(text);
            if (value is null)
            {
                problems.Add(ConfigurationDiagnostics.WrongProperty(name, expected, text));
            }

            return value;
        }

        int? Count(string name, int most, int least = 1)
            => Parse<int?>(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"), text => Integer(text) is { } value && value >= least && value <= most ? value : null);

        return new()
        {
            Epochs = Count("NanoDetEpochs", ConfigurationOverrides.MostEpochs),
            BatchSize = Count("NanoDetBatchSize", ConfigurationOverrides.LargestBatch),
            InputSize = Parse("NanoDetInputSize", $"a size such as 320 or 320x192, with sides up to {InputSize.LargestSide}", InputSize.TryParse),
            LearningRate = Parse("NanoDetLearningRate", "a number above 0", PositiveNumber),
            Seed = Parse("NanoDetSeed", "a whole number", Integer),
            Pretrained = Parse<string>("NanoDetPretrained", "a path", text => text),
            BackboneWeights = Parse<string>("NanoDetBackboneWeights", "a path", text => text),
            Freeze = Parse("NanoDetFreeze", "Backbone, Neck, both separated by a semicolon, or None", Parts),
            ValidationInterval = Count("NanoDetValidationInterval", ConfigurationOverrides.MostEpochs),
            EarlyStopPatience = Count("NanoDetEarlyStopPatience", ConfigurationOverrides.MostEpochs),
            MaxMinutes = Parse("NanoDetMaxMinutes", "a number above 0", PositiveNumber),
            GuidanceEpochs = Count("NanoDetGuidanceEpochs", ConfigurationOverrides.MostEpochs, least: 0),
            ProgressiveResizing = Parse<bool?>("NanoDetProgressiveResizing", "true or false", text => bool.TryParse(text, out var value) ? value : null) ?? false,
        };
    }

    private static int? Integer(string text)
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? PositiveNumber(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0 ? value : null;

    private static ImmutableArray<ModelPart>? Parts(string text)
    {
        if (text.Equals("None", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => Enum.GetValues<ModelPart>().Cast<ModelPart?>().FirstOrDefault(
                part => part.ToString()!.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        return parts.Contains(null) ? null : [.. parts.Select(part => part!.Value).Distinct().Order()];
    }
}

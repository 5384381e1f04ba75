using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration.Checks;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration;

/// <summary>
/// The configuration that a build uses: a preset that is adapted to the data, or a file exactly as it is; then
/// with the overrides of the project; then checked.
/// </summary>
public static class EffectiveConfiguration
{
    /// <summary>Makes it from a preset.</summary>
    /// <param name="preset">Its name.</param>
    /// <param name="classNames">The classes of the data set in label order.</param>
    /// <param name="trainingImages">Images in the training part, at least 1.</param>
    /// <param name="overrides">The overrides of the project.</param>
    public static ConfigurationReading OfPreset(
        string preset, ImmutableArray<string> classNames, int trainingImages, ConfigurationOverrides overrides)
    {
        if (Preset.Create(preset, classNames) is not { } configuration)
        {
            return new(null, [ConfigurationDiagnostics.UnknownPreset(preset, Preset.Names)], ImmutableDictionary<string, SourceLocation>.Empty);
        }

        var reading = Checked(
            SmallData.Fit(configuration, overrides, trainingImages), classNames, trainingImages,
            new(configuration, [], ImmutableDictionary<string, SourceLocation>.Empty));

        // The preset adapts its own batch size to the data; a batch size of the project is not reduced silently.
        return overrides.BatchSize is { } batch && batch > trainingImages
            ? reading with { Configuration = null, Diagnostics = reading.Diagnostics.Add(ConfigurationDiagnostics.BatchTooLarge(null, batch, trainingImages, SmallData.BatchSize(trainingImages))) }
            : reading;
    }

    /// <summary>Makes it from a configuration file of NanoDet.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="classNames">The classes of the data set in label order.</param>
    /// <param name="trainingImages">Images in the training part, at least 1.</param>
    /// <param name="overrides">The overrides of the project.</param>
    public static ConfigurationReading OfFile(
        string path, ImmutableArray<string> classNames, int trainingImages, ConfigurationOverrides overrides)
    {
        var reading = ConfigurationFile.Read(path);
        return reading.Configuration is { } configuration
            ? Checked(overrides.ApplyTo(configuration), classNames, trainingImages, reading)
            : reading;
    }

    /// <summary>Returns everything that prevents a configuration from working with a data set, or as intended.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="classNames">The classes of the data set in label order.</param>
    /// <param name="trainingImages">Images in the training part, at least 1.</param>
    /// <param name="place">The place of a key in the user's file; null if the file does not have it.</param>
    public static ImmutableArray<Diagnostic> Check(
        NanoDetConfiguration configuration, ImmutableArray<string> classNames, int trainingImages, Func<string, SourceLocation?> place) =>
    [
        .. ModelCheck.Run(configuration, place),
        .. ClassCheck.Run(configuration, classNames, place),
        .. ScheduleCheck.Run(configuration, trainingImages, place),
        .. ParameterLevelCheck.Run(configuration, place),
        .. PretrainCheck.Run(configuration, place),
    ];

    private static ConfigurationReading Checked(
        NanoDetConfiguration configuration, ImmutableArray<string> classNames, int trainingImages, ConfigurationReading reading)
    {
        SourceLocation? Place(string key) => reading.Places.TryGetValue(key, out var place) ? place : null;
        ImmutableArray<Diagnostic> diagnostics =
        [
            .. Check(configuration, classNames, trainingImages, Place), .. ClassCheck.RunSections(reading.Blocks, configuration.ClassNames, classNames, Place),
        ];
        var refused = diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return reading with
        {
            Configuration = refused ? null : configuration with { ClassNames = classNames },
            Diagnostics = diagnostics,
        };
    }
}

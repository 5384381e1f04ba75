using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// The settings that the project would have now with other data. With those of the last model, they tell what the project
/// changed from what a preset adapted to the number of images.
/// </summary>
/// <param name="inputs">The project's items and properties.</param>
/// <param name="configuration">The effective configuration with the present data.</param>
/// <param name="wanted">What the training depends on with the present data.</param>
internal sealed class SettingsWithData(PlanInputs inputs, NanoDetConfiguration configuration, Fingerprint wanted)
{
    /// <summary>The settings, by name.</summary>
    /// <param name="dataset">The other data set.</param>
    public ImmutableSortedDictionary<string, string> Of(Dataset dataset)
    {
        var settings = TrainingSettings.Of(wanted);
        if (inputs.ConfigurationFile is not null)
        {
            return settings; // A file is used exactly as it is, whatever the data.
        }

        // Without the checks: they are about the present data.
        var adapted = SmallData.Fit(
            Preset.Create(inputs.Preset, dataset.Classes)!, OverrideProperties.Read(inputs.Overrides, []), dataset.Of(DatasetPart.Train).Count());
        return settings
            .RemoveRange(ConfigurationEntries.Of(configuration).Select(entry => entry.Name))
            .SetItems(ConfigurationEntries.Of(adapted).Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));
    }
}

using System.Text.Json;
using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetAugment</c>: writes augmented copies of the training images, and their labels.</summary>
public sealed class AugmentPictures : WorkerStageTask
{
    /// <summary><c>NanoDetAugmentationPreset</c>.</summary>
    public string Preset { get; set; } = "";

    /// <summary><c>NanoDetAugmentationCopies</c>.</summary>
    public string Copies { get; set; } = "";

    /// <summary><c>NanoDetSeed</c>.</summary>
    [Required]
    public long Seed { get; set; }

    /// <summary>The <c>NanoDetAugmentation</c> items.</summary>
    public ITaskItem[] Steps { get; set; } = [];

    private protected override string Stage => "augment";

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        var output = Path.Combine(FullOutputFolder, Planner.AugmentedDatasetName);
        writer.WriteString("dataset", Path.Combine(FullOutputFolder, Planner.DatasetName));
        writer.WriteString("imageFolder", ProjectFolder);
        writer.WriteString("outputFolder", Path.GetDirectoryName(output));
        writer.WriteString("output", output);
        writer.WriteNumber("seed", Seed);
        if (Preset.Length > 0)
        {
            writer.WriteString("preset", Preset);
        }

        if (Copies.Length > 0)
        {
            writer.WriteNumber("copies", int.Parse(Copies, System.Globalization.CultureInfo.InvariantCulture));
        }

        writer.WriteStartArray("steps");
        foreach (var step in AugmentationItems.Read(Steps))
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            writer.WriteStartObject("settings");
            foreach (var (name, value) in step.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private protected override IEnumerable<string> Outputs() => [Planner.AugmentedDatasetName, Planner.AugmentedFolderName];
}

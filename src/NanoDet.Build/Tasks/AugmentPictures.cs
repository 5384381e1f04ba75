using System.Globalization;
using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

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

    private protected override string Stage => WorkerVerb.Augment;

    private protected override WorkerRequest Request() => new AugmentRequest
    {
        Dataset = Full(OutputFiles.Dataset),
        ImageFolder = ProjectFolder,
        OutputFolder = Path.GetDirectoryName(Full(OutputFiles.AugmentedDataset))!,
        Output = Full(OutputFiles.AugmentedDataset),
        DecodedPictures = Full(OutputFiles.DecodedPictures),
        Seed = Seed,
        Preset = Preset.Length > 0 ? Preset : null,
        Copies = Copies.Length > 0 ? int.Parse(Copies, CultureInfo.InvariantCulture) : null,
        Steps = AugmentationItems.Read(Steps),
    };

    private protected override IEnumerable<string> Outputs() => [OutputFiles.AugmentedDataset, OutputFiles.AugmentedFolder];
}

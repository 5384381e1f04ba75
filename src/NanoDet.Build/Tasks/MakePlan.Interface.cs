using Microsoft.Build.Framework;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

// The parameters; the properties of the project that they come from are explained in NanoDet.Build.props.
public sealed partial class MakePlan
{
    /// <summary>The images.</summary>
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The label files.</summary>
    public ITaskItem[] Annotations { get; set; } = [];

    /// <summary>Lists of images for the parts.</summary>
    public ITaskItem[] ImageSets { get; set; } = [];

    /// <summary>Whether what the project does not name is found (<c>NanoDetEnableDefaultItems</c>).</summary>
    public bool Find { get; set; }

    /// <summary>The classes in label order.</summary>
    public ITaskItem[] Classes { get; set; } = [];

    /// <summary>A file with the classes.</summary>
    public string ClassFile { get; set; } = "";

    /// <summary>The split record.</summary>
    [Required]
    public string SplitFile { get; set; } = "";

    /// <summary><c>NanoDetValidationSplit</c>.</summary>
    [Required]
    public string ValidationSplit { get; set; } = "";

    /// <summary><c>NanoDetTestSplit</c>.</summary>
    [Required]
    public string TestSplit { get; set; } = "";

    /// <summary><c>NanoDetSeed</c>.</summary>
    [Required]
    public string Seed { get; set; } = "";

    /// <summary><c>NanoDetDifficult</c>.</summary>
    public string Difficult { get; set; } = "";

    /// <summary><c>NanoDetOrientation</c>.</summary>
    [Required]
    public string Orientation { get; set; } = "";

    /// <summary><c>NanoDetOtherClasses</c>.</summary>
    [Required]
    public string OtherClasses { get; set; } = "";

    /// <summary><c>NanoDetOutside</c>.</summary>
    [Required]
    public string Outside { get; set; } = "";

    /// <summary><c>NanoDetUnlabeled</c>.</summary>
    [Required]
    public string Unlabeled { get; set; } = "";

    /// <summary><c>NanoDetRareClassMinimum</c>.</summary>
    [Required]
    public string RareClassMinimum { get; set; } = "";

    /// <summary><c>NanoDetPreset</c>.</summary>
    [Required]
    public string Preset { get; set; } = "";

    /// <summary><c>NanoDetConfigurationFile</c>.</summary>
    public string ConfigurationFile { get; set; } = "";

    /// <summary>Properties that override the configuration: the name, and the metadata <c>Value</c>.</summary>
    public ITaskItem[] Overrides { get; set; } = [];

    /// <summary><c>NanoDetPretrainedSha256</c>; empty if there are no pretrained weights.</summary>
    public string PretrainedSha256 { get; set; } = "";

    /// <summary>Whether the pretrained weights are downloaded before a training.</summary>
    public bool PretrainedIsFetched { get; set; }

    /// <summary><c>NanoDetBackboneWeightsSha256</c>; empty if there are no weights for the backbone.</summary>
    public string BackboneWeightsSha256 { get; set; } = "";

    /// <summary>Whether the weights for the backbone are downloaded before a training.</summary>
    public bool BackboneWeightsAreFetched { get; set; }

    /// <summary><c>NanoDetTrain</c>.</summary>
    [Required]
    public string Train { get; set; } = "";

    /// <summary><c>NanoDetStore</c>.</summary>
    public string Store { get; set; } = "";

    /// <summary><c>NanoDetThreads</c>.</summary>
    public string Threads { get; set; } = "";

    /// <summary><c>NanoDetDevice</c>.</summary>
    public string Device { get; set; } = "";

    /// <summary><c>NanoDetInstructions</c>.</summary>
    public string Instructions { get; set; } = "";

    /// <summary><c>NanoDetTrainingPrecision</c>.</summary>
    public string TrainingPrecision { get; set; } = "";

    /// <summary><c>NanoDetTf32</c>.</summary>
    public string Tf32 { get; set; } = "";

    /// <summary><c>NanoDetPrecision</c>.</summary>
    public string Precision { get; set; } = "";

    /// <summary><c>NanoDetExportBatch</c>.</summary>
    public string ExportBatch { get; set; } = "";

    /// <summary><c>NanoDetSarif</c>.</summary>
    public string Sarif { get; set; } = "";

    /// <summary><c>NanoDetScoreThreshold</c>.</summary>
    public string ScoreThreshold { get; set; } = "";

    /// <summary><c>NanoDetExportDetections</c>.</summary>
    public string ExportDetections { get; set; } = "";

    /// <summary><c>NanoDetLint</c>.</summary>
    public string Lint { get; set; } = "";

    /// <summary><c>NanoDetLintConfidence</c>.</summary>
    public string LintConfidence { get; set; } = "";

    /// <summary>The project's <c>Version</c>.</summary>
    public string Version { get; set; } = "";

    /// <summary><c>NanoDetModelLicense</c>.</summary>
    public string License { get; set; } = "";

    /// <summary>The lock file that the build must match; empty for none.</summary>
    public string LockFile { get; set; } = "";

    /// <summary><c>NanoDetIncremental</c>.</summary>
    public string Incremental { get; set; } = "";

    /// <summary><c>NanoDetIncrementalMaximumChange</c>.</summary>
    public string IncrementalMaximumChange { get; set; } = "";

    /// <summary><c>NanoDetIncrementalGenerations</c>.</summary>
    public string IncrementalGenerations { get; set; } = "";

    /// <summary><c>NanoDetIncrementalTolerance</c>.</summary>
    public string IncrementalTolerance { get; set; } = "";

    /// <summary>The folder of a training to repeat; empty for none.</summary>
    public string Repeat { get; set; } = "";

    /// <summary>Whether this build starts a new training even if nothing changed.</summary>
    public bool FromScratch { get; set; }

    /// <summary><c>NanoDetAugmentationPreset</c>.</summary>
    public string AugmentationPreset { get; set; } = "";

    /// <summary><c>NanoDetAugmentationCopies</c>.</summary>
    public string AugmentationCopies { get; set; } = "";

    /// <summary>The <c>NanoDetAugmentation</c> items.</summary>
    public ITaskItem[] Augmentations { get; set; } = [];

    /// <summary>The data set for training, by its name in the output folder.</summary>
    [Output]
    public string TrainingDataset { get; set; } = OutputFiles.Dataset;

    /// <summary>All stages of the plan, with their keys.</summary>
    [Output]
    public ITaskItem[] PlannedStages { get; set; } = [];

    /// <summary>The stages that have to run or be restored.</summary>
    [Output]
    public ITaskItem[] StagesToRun { get; set; } = [];
}

using System.Collections.Immutable;
using NanoDet.Core.Files;
using NanoDet.Data.Augmentation;
using NanoDet.Data.Configuration;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;
using NanoDet.Data.Pairing;
using NanoDet.Data.Splitting;
using NanoDet.Data.Validation;

namespace NanoDet.Pipeline.Planning;

/// <summary>What a plan is made from: the project's items and properties.</summary>
/// <param name="ProjectFolder">Full path of the project's folder; all other paths are stored relative to it.</param>
/// <param name="OutputFolder">Full path of the folder that the plan and the stages write into.</param>
public sealed record PlanInputs(string ProjectFolder, string OutputFolder)
{
    /// <summary>Full path of the project file, by which the models of projects with the same output folder are told apart; empty if it is not known.</summary>
    public string ProjectFile { get; init; } = "";

    /// <summary>The images, in any order.</summary>
    public ImmutableArray<PlanImage> Images { get; init; } = [];

    /// <summary>The label files.</summary>
    public ImmutableArray<string> Annotations { get; init; } = [];

    /// <summary>Lists of images for the parts (VOC's <c>ImageSets/Main</c>, darknet's <c>train.txt</c>).</summary>
    public ImmutableArray<PlanList> ImageSets { get; init; } = [];

    /// <summary>Labels and images that the configuration file has put together.</summary>
    public ImmutableArray<LabelBlock> Blocks { get; init; } = [];

    /// <summary>The classes in label order; empty where a file or the labels say them.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Other names that labels have for the classes.</summary>
    public ImmutableArray<(string Alias, string ClassName)> Aliases { get; init; } = [];

    /// <summary>
    /// A file with the classes (<see cref="ClassSource"/>); null for none. Where classes are named too and others are ignored, the numbers
    /// in YOLO's labels count the classes of this file.
    /// </summary>
    public string? ClassFile { get; init; }

    /// <summary>Shares and seed of the split.</summary>
    public SplitOptions Split { get; init; } = new();

    /// <summary>The file that remembers where images of rare classes are.</summary>
    public string SplitRecordFile { get; init; } = "nanodet.split.json";

    /// <summary>How labels are judged where there is a choice.</summary>
    public ValidationPolicy Policy { get; init; } = new();

    /// <summary>Name of the preset that the configuration comes from where there is no file.</summary>
    public string Preset { get; init; } = "nanodet-plus-m_320";

    /// <summary>A configuration in NanoDet's yml; null for the preset.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Properties that stand over the configuration, by name (<see cref="OverrideProperties"/>).</summary>
    public ImmutableSortedDictionary<string, string> Overrides { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The weights to start from (<c>NanoDetPretrained</c>).</summary>
    public WeightInput Pretrained { get; init; }

    /// <summary>The weights for the backbone (<c>NanoDetBackboneWeights</c>).</summary>
    public WeightInput BackboneWeights { get; init; }

    /// <summary>What the project says about the making of its model; null where none is made.</summary>
    public ModelInputs? Model { get; init; }

    /// <summary>The lock file that the build has to agree with (<c>NanoDetLockedMode</c>); null for none.</summary>
    public string? LockFile { get; init; }

    /// <summary>How copies of the training part are made; null for none.</summary>
    public AugmentationRecipe? Augmentation { get; init; }

    /// <summary>How long to wait for another build of the same project.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Images and label files that are links to files which are not there, as a pattern finds them.</summary>
    public IReadOnlyList<string> BrokenLinks()
        => [.. Images.Select(image => image.Path).Concat(Annotations).Where(path => BrokenLink.Is(ProjectPath.Full(ProjectFolder, path)))];

    /// <summary>The same without some images and label files.</summary>
    /// <param name="files">Their stored paths.</param>
    public PlanInputs Without(IEnumerable<string> files)
    {
        var left = files.ToHashSet(StringComparer.Ordinal);
        return this with { Images = Images.RemoveAll(image => left.Contains(image.Path)), Annotations = Annotations.RemoveAll(left.Contains) };
    }
}

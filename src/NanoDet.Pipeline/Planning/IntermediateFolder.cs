using System.IO.Enumeration;
using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// The folder that plan and stages write into (<c>NanoDetIntermediatePath</c>). The user names it, so it may be one with files
/// of the user: a build begins only in a folder that is empty or that a build has made, and whatever deletes in it deletes
/// files by the names that a build gives them.
/// </summary>
public static partial class IntermediateFolder
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };
    private static readonly EnumerationOptions WithoutLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint };
    private static readonly EnumerationOptions BelowWithoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private const string TensorBoard = "tensorboard";

    private static readonly string[] Training =
    [
        "model.safetensors", "last.safetensors", "parent.safetensors", "checkpoint*.safetensors", "metrics.csv", "progress.jsonl",
        "result.json", "lineage.json", "decision.json", "drift.json", "weights.md", FolderLock.FileName, FolderLock.HolderName,
    ];

    private static readonly string[] Events = ["events.out.tfevents.*"];

    // Which files a build leaves in each folder.
    private static readonly (string Folder, string[] Names)[] Own =
    [
        ("", [
            OutputFiles.Plan, OutputFiles.Dataset, OutputFiles.Request, OutputFiles.Configuration, "split.json", "*.coco.json", OutputFiles.LabelPlaces,
            "stat.cache", "own.cache", "labels.cache", "headers.cache", OutputFiles.DecodedPictures, FolderLock.HolderName, "built.stamp",
        ]),
        ("stages", ["*.wanted", "*.done", "*.request.json", "train.decision.json"]),
        (OutputFiles.SplitsFolder.TrimEnd('/'), ["planned.json", "left.json", $"{new string('?', 64)}.json"]),
        ("train", Training),
        ($"train/{TensorBoard}", Events),
        ("export", ["model.onnx", "model.fp32.onnx", "model.detections.onnx", "quantization.json"]),
        ("evaluate", ["evaluation.json", "details.json", "preview.png"]),
        ("report", ["report.html"]),
        ("report/curves", ["*.csv", "*.svg"]),
        ("lint", ["findings.json", "findings.txt", "findings.html"]),
        .. Enumerable.Range(0, Folds.Count).Select(OutputFiles.Fold).SelectMany(fold => new (string, string[])[]
        {
            (fold, [.. Training, OutputFiles.Dataset, OutputFiles.Configuration, "model.onnx"]),
            ($"{fold}/{TensorBoard}", Events),
        }),
        ("model", [
            .. OutputFiles.DeliveredNames, Path.GetFileName(OutputFiles.ManifestBefore), Path.GetFileName(LastModelFile.Record), Path.GetFileName(LastModelFile.Dataset),
        ]),
        ("preview", ["index.html", "*.png"]),
        ("weights", [new string('?', 64)]),
        ("libtorch", ["project.assets.json", "project.nuget.cache", "*.nuget.g.props", "*.nuget.g.targets", "*.nuget.dgspec.json"]),
        ("augmented", [OutputFiles.Dataset, "augmentation.record"]),
    ];

    /// <summary>Makes the folder, or sees that it is a build's.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="project">The project file, for the error.</param>
    /// <exception cref="NanoDetException">NDB3070: it holds files of somebody else; NDB9051: it cannot be made.</exception>
    public static void Claim(string folder, string project)
    {
        var mark = Path.Combine(folder, FolderLock.FileName);
        try
        {
            if (File.Exists(mark))
            {
                return;
            }

            // The mark is looked for again: the file may be of another build that has made its mark in between.
            if (FirstFile(folder) is { } file && !File.Exists(mark) && PlanFile.Read(Path.Combine(folder, OutputFiles.Plan)) is null)
            {
                throw new NanoDetException(ProjectDiagnostics.ForeignFolder(folder, ProjectPath.Relative(folder, file), project));
            }

            Directory.CreateDirectory(folder);
            File.OpenHandle(mark, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another build was quicker and holds it now.
            if (!File.Exists(mark))
            {
                throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
            }
        }
    }

    /// <summary>Deletes what builds have left, but for the open file that keeps other builds out and marks the folder as a build's.</summary>
    /// <param name="folder">Full path of the folder, which the caller has locked.</param>
    public static void Clear(string folder)
    {
        foreach (var model in DeliveredModel.Folders(folder).ToList())
        {
            Delete(Files(model, OutputFiles.DeliveredNames, withUnfinished: true, WithoutLinks));
        }

        RemoveEmpty(Path.Combine(folder, DeliveredModel.Folder));
        foreach (var training in InterruptedTrainings.Folders(folder).ToList())
        {
            ClearTraining(training);
        }

        RemoveEmpty(Path.Combine(folder, InterruptedTrainings.Folder));
        foreach (var (below, _) in Own.Reverse())
        {
            Delete(Files(folder, below, withUnfinished: true));
            if (below.Length > 0)
            {
                RemoveEmpty(Path.Combine(folder, below));
            }
        }
    }

    /// <summary>Deletes what a stage has left, but for what is locked or being written at this moment.</summary>
    /// <param name="folder">Full path of the folder, which the caller has locked.</param>
    /// <param name="stage">The stage's folder in it.</param>
    public static void Clear(string folder, string stage)
    {
        foreach (var (below, _) in Own.Reverse().Where(own => own.Folder == stage || own.Folder.StartsWith($"{stage}/", StringComparison.Ordinal)))
        {
            Delete(Files(folder, below, withUnfinished: false).Where(file => Path.GetFileName(file) != FolderLock.FileName));
            if (below != stage)
            {
                RemoveEmpty(Path.Combine(folder, below));
            }
        }
    }

    /// <summary>The files that a training has left in its folder, but for what is locked or being written at this moment.</summary>
    /// <param name="training">Full path of the folder.</param>
    internal static IEnumerable<string> FilesOfTraining(string training)
        => new (string Folder, string[] Names)[] { (training, Training), (Path.Combine(training, TensorBoard), Events) }
            .Where(place => Directory.Exists(place.Folder) && new DirectoryInfo(place.Folder).LinkTarget is null)
            .SelectMany(place => Files(place.Folder, place.Names, withUnfinished: false, WithoutLinks))
            .Where(file => Path.GetFileName(file) is not (FolderLock.FileName or FolderLock.HolderName));

    /// <summary>Deletes what a training has left in its folder, but for what is locked or being written at this moment.</summary>
    /// <param name="training">Full path of the folder.</param>
    internal static void ClearTraining(string training)
    {
        Delete(FilesOfTraining(training));
        RemoveEmpty(training);
    }

    /// <summary>Deletes a folder and those in it if they have no files.</summary>
    internal static void RemoveEmpty(string folder)
    {
        if (!Directory.Exists(folder) || new DirectoryInfo(folder).LinkTarget is not null)
        {
            return;
        }

        foreach (var below in Directory.EnumerateDirectories(folder, "*", WithoutLinks))
        {
            RemoveEmpty(below);
        }

        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    private static void Delete(IEnumerable<string> files)
    {
        foreach (var file in files.ToList())
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<string> Files(string folder, string below, bool withUnfinished)
    {
        var place = new DirectoryInfo(Path.Combine(folder, below));
        if (!place.Exists || (below.Length > 0 && place.LinkTarget is not null))
        {
            return [];
        }

        var names = Own.First(own => own.Folder == below).Names;
        return $"{below}/" == OutputFiles.AugmentedFolder
            ? Files(place.FullName, names, withUnfinished, BelowWithoutLinks, AugmentedCopy())
            : Files(place.FullName, names, withUnfinished, WithoutLinks);
    }

    private static IEnumerable<string> Files(string folder, IReadOnlyList<string> names, bool withUnfinished, EnumerationOptions options, Regex? pattern = null)
        => Directory.EnumerateFiles(folder, "*", options).Where(file =>
            AtomicFile.IsUnfinished(file) ? withUnfinished
            : pattern?.IsMatch(file) == true || names.Any(name => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(file), ignoreCase: false)));

    private static string? FirstFile(string folder)
        => !Directory.Exists(folder) ? null
        : new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything).FirstOrDefault(entry => entry is FileInfo || entry.LinkTarget is not null)?.FullName;

    /// <summary>A copy's picture or labels: the name of the source and the copy's number.</summary>
    [GeneratedRegex(@"_[0-9]{6,}\.(png|jpe?g|xml)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AugmentedCopy();
}

using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Pairing;
using NanoDet.Data.Validation;

namespace NanoDet.Data.Discovery;

/// <summary>The images and labels that a configuration file names, found like those of any folder.</summary>
internal sealed class ConfiguredData
{
    private readonly string _project;
    private readonly string _folder;
    private readonly ConfigurationReading _reading;
    private readonly ImmutableArray<DataBlock> _blocks;
    private readonly List<Diagnostic> _problems = [];
    private readonly List<string> _classFiles = [];
    private readonly (DataBlock Block, string Key)? _gap;

    // What Linux shows as files; a folder of shared memory below /dev may have images.
    private static readonly HashSet<string> SystemFolders = new(["/proc", "/sys", "/dev"], StringComparer.Ordinal);

    private ConfiguredData(string project, string file, ConfigurationReading reading)
    {
        (_project, _reading, File) = (project, reading, file);
        _folder = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(project, file)))!;
        List<DataBlock> blocks = [.. reading.Blocks.Select(block => block with { Images = NotEmpty(block.Images), Labels = NotEmpty(block.Labels) })];
        _blocks = [.. blocks.Where(block => block is { Images: not null, Labels: not null })];
        _gap = GapOf(blocks);

        // A file whose two sections name the same has no parts.
        if (_blocks is [var one, var other] && (one.Form, Stored(one.Images!), Stored(one.Labels!)) == (other.Form, Stored(other.Images!), Stored(other.Labels!)))
        {
            _blocks = [one];
        }
    }

    /// <summary>The file, as the project names it.</summary>
    public string File { get; }

    /// <summary>The key that is missing or empty, where the file says only in part where its data is; null for none.</summary>
    public string? Gap => _gap is var (block, key) ? $"{block.Section}.{key}" : null;

    /// <summary>Whether the file says which data is the training part; without it the rest does not count.</summary>
    public bool IsWhole => _blocks.Any(block => block.Part == DatasetPart.Train);

    /// <summary>Whether some of what the file names exists.</summary>
    public bool IsThere => IsWhole && _blocks.Any(block => Directory.Exists(Full(block.Images!)) || IsThereWith(block));

    /// <summary>Whether the images have parts by the file; otherwise the build splits them.</summary>
    public bool HasParts => _blocks.Length > 1;

    /// <summary>Reads which data a configuration file names.</summary>
    /// <param name="project">The project's folder.</param>
    /// <param name="file">The file, relative to it.</param>
    /// <returns>Null if its sections name none, or if it cannot be read, which the plan says.</returns>
    public static ConfiguredData? Of(string project, string file)
    {
        var data = new ConfiguredData(project, file, ConfigurationFile.Read(ProjectPath.Full(project, file)));
        return data.IsWhole || data.Gap is not null ? data : null;
    }

    /// <summary>Finds the images and labels.</summary>
    /// <param name="problems">Takes NDB3019, NDB3021, NDB3008, NDB1010, NDB1043 and NDB1046.</param>
    /// <param name="progress">Hears of every file; null where nobody waits.</param>
    public Found Find(ICollection<Diagnostic> problems, ListingProgress? progress = null)
    {
        var found = _blocks.Select(block => Find(block, progress)).ToArray();
        CheckClasses();
        foreach (var problem in _problems)
        {
            problems.Add(problem);
        }

        ImmutableArray<LabelBlock> blocks = [.. _blocks.Select(block => new LabelBlock(Stored(block.Labels!), Stored(block.Images!), HasParts ? block.Part : null))];
        return new(
            [.. found.SelectMany(data => data.Images).Distinct(StringComparer.Ordinal).Select(image => (image, PartOf(blocks, image)))],
            [.. found.SelectMany(data => data.Labels).Distinct(StringComparer.Ordinal)],
            blocks,
            _blocks.Where(block => block.Form != LabelFormat.Coco).Select(block => block.ClassNames).FirstOrDefault(names => !names.IsEmpty, []),
            _classFiles.FirstOrDefault(),
            _blocks.Any(block => block.Form == LabelFormat.Voc) ? DifficultPolicy.Keep : DifficultPolicy.Ignore);
    }

    /// <summary>What is not there; null where all is.</summary>
    public Diagnostic? NotThere() => !IsWhole && _gap is var (block, key)
        ? ConfigurationDiagnostics.MissingKey(Place(block, key), $"{block.Section}.{key}")
        : _blocks.SelectMany(Missing).FirstOrDefault();

    private static (DataBlock Block, string Key)? GapOf(List<DataBlock> blocks)
    {
        if (blocks.TrueForAll(NamesNothing))
        {
            return null;
        }

        // A validation section that names nothing leaves validation to the split.
        var partial = blocks.Find(block => block is { Images: null } or { Labels: null } && (block.Part == DatasetPart.Train || !NamesNothing(block)));
        return partial is null ? null : (partial, partial.Images is null ? "img_path" : "ann_path");

        static bool NamesNothing(DataBlock block) => block is { Images: null, Labels: null };
    }

    // Labels tell the parts of images in a folder that two parts have, or that is in one of the other part.
    private static DatasetPart? PartOf(ImmutableArray<LabelBlock> blocks, string image)
        => LabelBlock.PartOf(blocks.Where(block => LabelBlock.IsBelow(image, block.Images)));

    private (IReadOnlyList<string> Images, IReadOnlyList<string> Labels) Find(DataBlock block, ListingProgress? progress)
    {
        if (Missing(block).ToList() is { Count: > 0 } missing)
        {
            _problems.AddRange(missing);
            return ([], []);
        }

        var (images, labels) = (Stored(block.Images!), Stored(block.Labels!));
        var isFile = block.Form == LabelFormat.Coco;
        var names = List(block.Images!, progress).Concat(isFile ? [labels] : List(block.Labels!, progress)).Distinct(StringComparer.Ordinal);
        var found = DatasetFinder.Find(new DataFiles(names, _project, (name, length) => DataFiles.Read(_project, name, length)), isOfLabels: true);
        List<string> pictures = [.. found.PicturePaths.Where(path => LabelBlock.IsBelow(path, images))];
        List<string> files = isFile ? [labels]
            : [.. found.Labels.Where(group => group.Form == block.Form).SelectMany(group => group.Files).Where(path => LabelBlock.IsBelow(path, labels))];

        // Without labels, no folder of pictures counts; those that are there are not what is missing.
        if (pictures.Count == 0 && (files.Count > 0 || !List(block.Images!, progress).Any(path => PictureFile.Is(path))))
        {
            _problems.Add(NotThere(block, "img_path", block.Images!, "there is no such image there"));
        }

        if (files.Count == 0)
        {
            _problems.Add(found.Problems.FirstOrDefault(problem => problem.Code == "NDB1010") ?? NotThere(block, "ann_path", block.Labels!, $"there is no such label of {block.Form.Name()} there"));
        }

        _classFiles.AddRange(found.ClassFile is { } classes ? [classes] : []);
        return (pictures, files);
    }

    private IEnumerable<string> List(string folder, ListingProgress? progress)
        => DataFiles.List(Full(folder), [], progress: progress).Select(name => StoredFolder.Below(Stored(folder), name));

    private void CheckClasses()
    {
        // Labels are read with these names, long before the rest of the file is needed.
        _problems.AddRange(_reading.Diagnostics.Where(problem => problem.Code is "NDB1043" or "NDB1046"));
        foreach (var block in _blocks.Skip(1).Where(block => block.Form != LabelFormat.Coco && !block.ClassNames.SequenceEqual(_blocks[0].ClassNames)))
        {
            _problems.Add(ConfigurationDiagnostics.ClassesDiffer(
                Place(block, "class_names"), $"The class names of '{block.Section}' are not those of '{_blocks[0].Section}', and labels of both are numbered by them"));
        }
    }

    private IEnumerable<Diagnostic> Missing(DataBlock block)
    {
        if (!Directory.Exists(Full(block.Images!)))
        {
            yield return NotThere(block, "img_path", block.Images!, IsNot(block.Images!, "folder"));
        }

        foreach (var (key, path) in new[] { ("img_path", block.Images!), ("ann_path", block.Labels!) }.Where(entry => IsSystem(Full(entry.Item2))))
        {
            yield return ConfigurationDiagnostics.SystemAsData(Place(block, key), $"{block.Section}.{key}", path);
        }

        if (!IsThereWith(block))
        {
            yield return NotThere(block, "ann_path", block.Labels!, IsNot(block.Labels!, block.Form == LabelFormat.Coco ? "file" : "folder"));
        }
    }

    /// <summary>Whether a folder is a whole file system: listing it may have no end.</summary>
    private static bool IsSystem(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return false;
        }

        var full = Path.TrimEndingDirectorySeparator(Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder);
        return full.Length <= Path.GetPathRoot(full)!.Length || SystemFolders.Contains(full);
    }

    private string IsNot(string path, string kind)
        => System.IO.File.Exists(Full(path)) ? "that is a file and not a folder"
            : Directory.Exists(Full(path)) ? "that is a folder and not a file"
            : $"there is no such {kind}";

    private bool IsThereWith(DataBlock block)
        => block.Form == LabelFormat.Coco ? System.IO.File.Exists(Full(block.Labels!)) : Directory.Exists(Full(block.Labels!));

    private Diagnostic NotThere(DataBlock block, string key, string path, string problem)
        => ConfigurationDiagnostics.DataNotThere(Place(block, key), $"{block.Section}.{key}", path, problem);

    private SourceLocation? Place(DataBlock block, string key)
        => _reading.Places.TryGetValue($"{block.Section}.{key}", out var place) || _reading.Places.TryGetValue(block.Section, out place) ? place : new(File);

    // A character that no path can have is a path that is not there.
    private string Full(string path) => Path.GetFullPath(Path.Combine(_folder, path.Replace('\0', '\uFFFD')));

    // The folder of the file itself is '.'.
    private static string? NotEmpty(string? path) => string.IsNullOrWhiteSpace(path) ? null : path;

    // The project's own folder is stored as nothing.
    private string Stored(string path) => ProjectPath.Relative(_project, Path.TrimEndingDirectorySeparator(Full(path))) is not "." and var stored ? stored : "";

    /// <summary>What was found. Paths are stored ones.</summary>
    /// <param name="Images">The images with their parts; null where their labels tell it.</param>
    /// <param name="Labels">The label files.</param>
    /// <param name="Blocks">Which labels belong to which images.</param>
    /// <param name="Classes">The classes in label order; empty where labels say them.</param>
    /// <param name="ClassFile">The file that names the classes of YOLO's labels; null for none.</param>
    /// <param name="Difficult">What the original does with difficult objects: it learns those of VOC, and ignores those of COCO.</param>
    internal sealed record Found(
        ImmutableArray<(string Path, DatasetPart? Part)> Images, ImmutableArray<string> Labels, ImmutableArray<LabelBlock> Blocks, ImmutableArray<string> Classes, string? ClassFile, DifficultPolicy Difficult);
}

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Data.Datasets;
using NanoDet.Data.Discovery;
using NanoDet.Data.Files;

namespace NanoDet.Build.Tasks;

/// <summary>Recognises the data set of a project that does not name its files, and takes away what the patterns found and is none.</summary>
public sealed class FindDataset : ProjectTask
{
    private const string Special = "%*?@$();'";

    /// <summary>The images that the patterns found or the project names.</summary>
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The label files.</summary>
    public ITaskItem[] Annotations { get; set; } = [];

    /// <summary>Lists of images for the parts.</summary>
    public ITaskItem[] ImageSets { get; set; } = [];

    /// <summary>The file with the names of the classes; empty to find one.</summary>
    [Output]
    public string ClassFile { get; set; } = "";

    /// <summary>Images to add.</summary>
    [Output]
    public ITaskItem[] NewImages { get; set; } = [];

    /// <summary>Label files to add.</summary>
    [Output]
    public ITaskItem[] NewAnnotations { get; set; } = [];

    /// <summary>Lists to add.</summary>
    [Output]
    public ITaskItem[] NewImageSets { get; set; } = [];

    /// <summary>Items of images to take away before the new ones are added.</summary>
    [Output]
    public ITaskItem[] GoneImages { get; set; } = [];

    /// <summary>Items of label files to take away.</summary>
    [Output]
    public ITaskItem[] GoneAnnotations { get; set; } = [];

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var found = ProjectItems.Find(ProjectFolder, ImageItems.Paths(Images, ProjectFolder), ImageItems.Paths(Annotations, ProjectFolder), ImageItems.Paths(ImageSets, ProjectFolder));
        foreach (var problem in found.Dataset.Problems)
        {
            log.Write(problem);
        }

        foreach (var line in found.Dataset.PassedOver)
        {
            log.Say(MessageImportance.High, $"NanoDet: {line}");
        }

        log.Say(MessageImportance.Low, $"layout: {found.Dataset.Layout}");
        var described = found.Images.Where(image => image.Part is not null).Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
        var known = Images.Where(_ => described.Count > 0).Select(item => (Item: item, Path: ProjectPath.Relative(ProjectFolder, item.ItemSpec)))
            .Where(entry => described.Contains(entry.Path)).ToLookup(entry => entry.Path, entry => entry.Item, StringComparer.Ordinal);
        NewImages = [.. found.Images.Select(image => Image(image, known[image.Path].FirstOrDefault()))];
        NewAnnotations = [.. found.Labels.Select(Item)];
        NewImageSets = [.. found.Lists.Select(list => WithPart(Item(list.Path), list.Part))];
        GoneImages = [.. found.NoImages.Concat(described).Select(Item)];
        GoneAnnotations = [.. found.NoLabels.Select(Item)];
        if (ClassFile.Length == 0 && found.Dataset.ClassFile is { } file)
        {
            ClassFile = file;
        }
    }

    private static TaskItem Image(FoundImage image, ITaskItem? known) => WithPart(known is null ? Item(image.Path) : new TaskItem(known), image.Part);

    // A task item reads its name as MSBuild writes it, with some characters by their number.
    private static TaskItem Item(string path)
        => new(string.Concat(path.Select(letter => Special.Contains(letter) ? $"%{(int)letter:x2}" : letter.ToString())));

    private static TaskItem WithPart(TaskItem item, DatasetPart? part)
    {
        if (part is { } named && item.GetMetadata("Split").Length == 0)
        {
            item.SetMetadata("Split", PartNames.Of(named));
        }

        return item;
    }
}

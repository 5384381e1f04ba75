using System.Buffers;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;

namespace NanoDet.Build.Tasks;

/// <summary>Lists the files that a plan reads, for editors and <c>dotnet watch</c>. The plan itself finds them once more.</summary>
public sealed class FindDataset : ProjectTask
{
    private static readonly SearchValues<char> Special = SearchValues.Create("%*?@$();'");

    /// <summary>The images that the patterns found or the project names.</summary>
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The label files.</summary>
    public ITaskItem[] Annotations { get; set; } = [];

    /// <summary>Lists of images for the parts.</summary>
    public ITaskItem[] ImageSets { get; set; } = [];

    /// <summary>The file with the classes; empty to find one.</summary>
    public string ClassFile { get; set; } = "";

    /// <summary><c>NanoDetConfigurationFile</c>, which may name images and labels.</summary>
    public string ConfigurationFile { get; set; } = "";

    /// <summary>The files.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var items = new FoundItems(
            ImageItems.Read(Images, ProjectFolder), ImageItems.Paths(Annotations, ProjectFolder), ImageItems.Lists(ImageSets, ProjectFolder), ClassFile);
        var found = new ConfiguredItems(ProjectFolder, ConfigurationFile, find: true, log, cancellation).Complete(items, [.. Images, .. Annotations, .. ImageSets]);
        Files =
        [
            .. found.Images.Select(image => image.Path).Concat(found.Annotations).Concat(found.ImageSets.Select(list => list.Path))
                .Concat(ClassFile.Length == 0 && found.ClassFile.Length > 0 ? [found.ClassFile] : []).Distinct(StringComparer.Ordinal).Select(path => new TaskItem(Escaped(path))),
        ];
    }

    // A task item reads its name as MSBuild writes it, with some characters by their number.
    private static string Escaped(string path)
        => !path.AsSpan().ContainsAny(Special) ? path : string.Concat(path.Select(letter => Special.Contains(letter) ? $"%{(int)letter:x2}" : letter.ToString()));
}

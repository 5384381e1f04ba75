using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Labels;
using NanoDet.Tool.Diagnostics;

namespace NanoDet.Tool.Labels;

/// <summary>
/// Writes the parts of images beside labels, as the tools of a form do: VOC's <c>ImageSets/Main</c>, or lists that a <c>data.yaml</c>
/// names for YOLO.
/// </summary>
/// <param name="folder">The folder of the labels.</param>
/// <param name="overwrite">Whether existing files are replaced.</param>
/// <param name="problem">Takes NDB6106 for files that were kept.</param>
internal sealed class PartFiles(string folder, bool overwrite, Action<Diagnostic> problem)
{
    /// <summary>How many images each part has, in words; null where there is no split, or folders in the names of all images say it.</summary>
    /// <param name="images">The images.</param>
    public static string? InWords(IReadOnlyCollection<PicturedLabels> images)
    {
        // All images in one part are no split; a build makes one.
        var parts = images.Where(image => image.Part is not null).CountBy(image => image.Part!.Value).OrderBy(part => part.Key).ToList();
        return parts.Count < 2 || images.All(image => PartFolders.OfImage(image.Labels.FileName) == image.Part) ? null
            : string.Join(", ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Value} {PartNames.Of(part.Key)}")));
    }

    /// <summary>Writes VOC's lists, in which images have no extension.</summary>
    public void WriteVoc(IReadOnlyCollection<PicturedLabels> images)
    {
        foreach (var (part, names) in ByPart(images))
        {
            Write($"ImageSets/Main/{part}.txt", names.Select(name => Path.ChangeExtension(name, null)));
        }
    }

    /// <summary>Writes YOLO's lists, and the file that names them and the classes.</summary>
    public void WriteYolo(IReadOnlyCollection<PicturedLabels> images, IReadOnlyCollection<string> classes)
    {
        var parts = ByPart(images).ToList();
        foreach (var (part, names) in parts)
        {
            Write($"{part}.txt", names);
        }

        Write("data.yaml", [
            .. parts.Select(entry => $"{entry.Part}: {entry.Part}.txt"),
            "names:",
            .. classes.Select((name, number) => string.Create(CultureInfo.InvariantCulture, $"  {number}: '{name.Replace("'", "''", StringComparison.Ordinal)}'")),
        ]);
    }

    private static IEnumerable<(string Part, IEnumerable<string> Names)> ByPart(IEnumerable<PicturedLabels> images)
        => images.Where(image => image.Part is not null).GroupBy(image => image.Part!.Value).OrderBy(group => group.Key)
            .Select(group => (PartNames.Of(group.Key), group.Select(image => image.Labels.FileName).Order(StringComparer.Ordinal).AsEnumerable()));

    private void Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
        var content = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        if (!overwrite && File.Exists(path) && !LabelFile.Read(path, content.Length + 1L).AsSpan().SequenceEqual(content))
        {
            problem(ToolDiagnostics.LabelsExist(path));
            return;
        }

        AtomicFile.WriteIfDifferent(path, content);
    }
}

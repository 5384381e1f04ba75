using System.Globalization;
using System.Text;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Data.Images;
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
    // The order in which people name them.
    private static readonly string[] Order = ["train", "val", "trainval", "test"];

    /// <summary>
    /// How many images each part has, in words, without the images of which nobody has said one; null where there is no split, or folders
    /// in the names of all images say it.
    /// </summary>
    /// <param name="images">The images.</param>
    public static string? InWords(IReadOnlyCollection<PicturedLabels> images)
    {
        // All images in one part are no split; a build makes one. Some images in the test part alone are.
        var parts = images.Where(image => image.ListName is not null).CountBy(image => image.ListName!).OrderBy(part => Array.IndexOf(Order, part.Key)).ToList();
        return parts.Count == 0 || parts[0].Value == images.Count || images.All(image => !image.IsOfTrainval && PartFolders.OfImage(image.Labels.FileName) == image.Part) ? null
            : string.Join(", ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Value} {part.Key}")));
    }

    /// <summary>Writes VOC's lists, in which images have no extension.</summary>
    public void WriteVoc(IReadOnlyCollection<PicturedLabels> images)
    {
        foreach (var (part, names) in ByPart(images))
        {
            Write($"ImageSets/Main/{part}.txt", names.Select(WithoutExtension).Select(Line));
        }
    }

    /// <summary>Writes YOLO's lists, and the file that names them and the classes.</summary>
    public void WriteYolo(IReadOnlyCollection<PicturedLabels> images, IReadOnlyCollection<string> classes)
    {
        var parts = ByPart(images).ToList();
        foreach (var (part, names) in parts)
        {
            Write($"{part}.txt", names.Select(Line));
        }

        // The names alone are there already where no other list can hold them.
        List<string> written = [.. parts.Select(entry => entry.Part)];
        Write("data.yaml", ClassListText.Yaml(Enum.GetValues<DatasetPart>().Select(part => Entry(part, written)).OfType<string>(), classes), ClassListText.Yaml([], classes));
    }

    /// <summary>The line of <c>data.yaml</c> about a part; what is for training or validation is named for both, so that it gets neither.</summary>
    private static string? Entry(DatasetPart part, List<string> written)
    {
        var lists = written.FindAll(name => name == PartNames.Of(part) || (name == "trainval" && part != DatasetPart.Test)).ConvertAll(name => $"{name}.txt");
        return lists.Count == 0 ? null : $"{PartNames.Of(part)}: {(lists is [var one] ? one : $"[{string.Join(", ", lists)}]")}";
    }

    private static IEnumerable<(string Part, IEnumerable<string> Names)> ByPart(IEnumerable<PicturedLabels> images)
        => images.Where(image => image.ListName is not null).GroupBy(image => image.ListName!).OrderBy(group => Array.IndexOf(Order, group.Key))
            .Select(group => (group.Key, group.Select(image => image.Labels.FileName).Order(StringComparer.Ordinal).AsEnumerable()));

    /// <summary>The name in VOC's lists: without extension, unless what is left would mean <c>a.png</c> where <c>a.jpg.png</c> is meant.</summary>
    private static string WithoutExtension(string name)
        => PictureFile.Is(name) && name[..^Path.GetExtension(name).Length] is var rest && PictureFile.StemOf(rest) == rest[(rest.LastIndexOf('/') + 1)..] ? rest : name;

    /// <summary>A line that is read as the name: one with a number sign would be a comment, and spaces around it are lost.</summary>
    private static string Line(string name) => name.StartsWith('#') || name.Trim() != name ? $"\"{name}\"" : name;

    private void Write(string name, IEnumerable<string> lines) => Write(name, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    /// <param name="name">The file.</param>
    /// <param name="content">What is written.</param>
    /// <param name="ours">What else may be there that nobody has changed.</param>
    private void Write(string name, byte[] content, byte[]? ours = null)
    {
        var path = Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
        if (!overwrite && File.Exists(path) && !IsThere(content) && !(ours is not null && IsThere(ours)))
        {
            problem(ToolDiagnostics.LabelsExist(path));
            return;
        }

        AtomicFile.WriteIfDifferent(path, content);

        bool IsThere(byte[] bytes) => new FileInfo(path).Length == bytes.Length && LabelFile.Read(path, bytes.Length).AsSpan().SequenceEqual(bytes);
    }
}

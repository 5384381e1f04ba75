using NanoDet.Data.Datasets;

namespace NanoDet.Data.Pairing;

/// <summary>Labels and images that somebody has put together. Both paths are stored ones.</summary>
/// <param name="Labels">A file of labels, or a folder with such files.</param>
/// <param name="Images">The folder of their images.</param>
/// <param name="Part">The part of their images; null where nobody says it.</param>
public sealed record LabelBlock(string Labels, string Images, DatasetPart? Part)
{
    /// <summary>Where a file of labels would lie if labels and images had one folder; null for a file of other labels.</summary>
    /// <param name="file">Its stored path.</param>
    internal string? BesideImages(string file) => file == Labels ? StoredFolder.Below(Images, file[(file.LastIndexOf('/') + 1)..])
        : IsBelow(file, Labels) ? StoredFolder.Below(Images, file[(Labels.Length == 0 ? 0 : Labels.Length + 1)..])
        : null;

    /// <summary>Those that hold a file of labels: more than one if several blocks have the same labels, and of folders in each other the inner one.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="file">The file's stored path.</param>
    public static IReadOnlyList<LabelBlock> OfLabels(IEnumerable<LabelBlock> blocks, string file)
        => Innermost(blocks.Where(block => file == block.Labels || IsBelow(file, block.Labels)), block => block.Labels);

    /// <summary>Those that hold an image: more than one if several blocks have the same images, and of folders in each other the inner one.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="image">The image's stored path.</param>
    public static IReadOnlyList<LabelBlock> OfImage(IEnumerable<LabelBlock> blocks, string image)
        => Innermost(blocks.Where(block => IsBelow(image, block.Images)), block => block.Images);

    /// <summary>The part that blocks agree about; null where they do not, or there are none.</summary>
    /// <param name="blocks">The blocks.</param>
    public static DatasetPart? PartOf(IEnumerable<LabelBlock> blocks) => blocks.Select(block => block.Part).Distinct().ToArray() is [var part] ? part : null;

    /// <summary>Whether a file lies in a folder or below it.</summary>
    internal static bool IsBelow(string file, string folder) => folder.Length == 0
        ? !file.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(file)
        : file.Length > folder.Length && file[folder.Length] == '/' && file.StartsWith(folder, StringComparison.Ordinal);

    // All of them hold the same file, so the longest path is the innermost one.
    private static List<LabelBlock> Innermost(IEnumerable<LabelBlock> holding, Func<LabelBlock, string> path)
    {
        List<LabelBlock> blocks = [.. holding];
        if (blocks.Count < 2)
        {
            return blocks;
        }

        var longest = blocks.Max(block => path(block).Length);
        return blocks.FindAll(block => path(block).Length == longest);
    }
}

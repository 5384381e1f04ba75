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

    /// <summary>Whether a file of labels is one of these.</summary>
    /// <param name="file">Its stored path.</param>
    public bool Holds(string file) => file == Labels || IsBelow(file, Labels);

    /// <summary>Whether a file lies in a folder or below it.</summary>
    internal static bool IsBelow(string file, string folder) => folder.Length == 0
        ? !file.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(file)
        : file.Length > folder.Length && file[folder.Length] == '/' && file.StartsWith(folder, StringComparison.Ordinal);
}

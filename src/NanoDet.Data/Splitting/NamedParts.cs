using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>The parts that lists give images, or else a file with the labels of one part, or else folders that are called like parts.</summary>
/// <param name="images">Stored paths of the images.</param>
/// <param name="lists">The lists.</param>
/// <param name="diagnostics">Takes NDB2003, NDB2004 and NDB2008.</param>
/// <param name="labels">The label files.</param>
internal sealed class NamedParts(IReadOnlyList<string> images, IEnumerable<ImageList> lists, ICollection<Diagnostic> diagnostics, LabelledImages labels)
{
    private readonly ImageSets _lists = new(images, lists, diagnostics, labels);

    /// <summary>Whether a list names an image, and its part; null where nothing says it, and for <c>trainval</c>.</summary>
    /// <param name="image">The image by its number.</param>
    /// <param name="file">Stored path of the label file about many images that has its labels; null for none.</param>
    public (bool IsListed, DatasetPart? Part) Find(int image, string? file)
        => _lists.Find(image) is (true, var listed) ? (true, listed)
            : (false, (file is null ? null : PartFolders.OfFile(file)) ?? PartFolders.OfImage(images[image]));
}

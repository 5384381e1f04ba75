using System.Runtime.InteropServices;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// Which folders of labels belong to which folders of images. A folder with labels shows it by those of its labels that have an
/// image of their name: they fit some folder best, and a label of the same folder does not belong to an image in one that fits
/// less well. Without this, labels whose image is gone would be given to an image that has the same name by accident.
/// </summary>
/// <param name="match">How well a folder of labels fits a folder of images.</param>
internal sealed class LabelFolders(Func<string, string, FolderMatch> match)
{
    private readonly Dictionary<(string Labels, string Images), FolderMatch> _matches = [];
    private readonly Dictionary<string, FolderMatch> _bestOfLabels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FolderMatch> _bestOfImages = new(StringComparer.Ordinal);

    /// <summary>Takes note of labels and an image that have the same name.</summary>
    public void Note(string labels, string images)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_matches, (labels, images), out var exists);
        if (!exists)
        {
            known = match(labels, images);
            Improve(_bestOfLabels, labels, known);
            Improve(_bestOfImages, images, known);
        }
    }

    /// <summary>How well two folders fit.</summary>
    public FolderMatch Match(string labels, string images)
        => _matches.TryGetValue((labels, images), out var known) ? known : match(labels, images);

    /// <summary>Whether neither of the two folders fits another one better.</summary>
    public bool BelongTogether(string labels, string images)
    {
        var found = Match(labels, images);
        return found <= _bestOfLabels.GetValueOrDefault(labels, found) && found <= _bestOfImages.GetValueOrDefault(images, found);
    }

    private static void Improve(Dictionary<string, FolderMatch> best, string folder, FolderMatch found)
    {
        if (!best.TryGetValue(folder, out var known) || found < known)
        {
            best[folder] = found;
        }
    }
}

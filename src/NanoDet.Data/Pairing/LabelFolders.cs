using System.Runtime.InteropServices;

namespace NanoDet.Data.Pairing;

/// <summary>
/// Which folders of labels belong to which folders of images. A folder with labels shows it by those of its labels that have an
/// image of their name: they fit some folder best, and a label of the same folder does not belong to an image in one that fits
/// less well. Without this, labels whose image is gone would be given to an image that has the same name by accident.
/// </summary>
/// <param name="rank">How well a folder of labels fits a folder of images, 0 for best.</param>
/// <param name="weak">From this rank on, the folder does not fit by its own name, so an image in it is taken only where no folder has that name.</param>
/// <param name="doubtful">From this rank on, nothing but the name of the file connects labels and image.</param>
internal sealed class LabelFolders(Func<string, string, int> rank, int weak, int doubtful)
{
    private readonly Dictionary<(string Labels, string Images), int> _ranks = [];
    private readonly Dictionary<string, int> _bestOfLabels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bestOfImages = new(StringComparer.Ordinal);

    /// <summary>Takes note of labels and an image that have the same name.</summary>
    public void Note(string labels, string images)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_ranks, (labels, images), out var exists);
        if (!exists)
        {
            known = rank(labels, images);
            Improve(_bestOfLabels, labels, known);
            Improve(_bestOfImages, images, known);
        }
    }

    /// <summary>How well two folders fit, 0 for best.</summary>
    public int Rank(string labels, string images) => _ranks.TryGetValue((labels, images), out var known) ? known : rank(labels, images);

    /// <summary>Whether neither of the two folders fits another one better.</summary>
    public bool BelongTogether(string labels, string images)
    {
        var found = Rank(labels, images);
        return found <= _bestOfLabels.GetValueOrDefault(labels, found) && found <= _bestOfImages.GetValueOrDefault(images, found);
    }

    /// <summary>Whether the folder of the images does not fit by its own name.</summary>
    public bool IsWeak(int found) => found >= weak;

    /// <summary>Whether nothing but the name of the file connects labels and image.</summary>
    public bool IsDoubtful(int found) => found >= doubtful;

    private static void Improve(Dictionary<string, int> best, string folder, int found)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(best, folder, out var exists);
        known = exists ? Math.Min(known, found) : found;
    }
}

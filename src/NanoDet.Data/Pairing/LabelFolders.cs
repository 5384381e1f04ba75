using System.Runtime.InteropServices;

namespace NanoDet.Data.Pairing;

/// <summary>
/// Which folders of labels belong to which folders of images. A folder with labels shows it by those of its labels that have an
/// image of their name: they fit some folder best, and a label of the same folder does not belong to an image in one that fits
/// less well. Without this, labels whose image is gone would be given to an image that has the same name by accident.
/// </summary>
/// <param name="rank">How well a folder of labels fits a folder of images, 0 for best.</param>
/// <param name="equal">Up to this rank, folders fit equally well: labels beside a few images, and in a folder of their own for the others.</param>
/// <param name="near">Up to this rank, the number of labels counts as well: a few that fit better do not take a folder of images from the many.</param>
/// <param name="weak">From this rank on, the folder does not fit by its own name, so an image in it is taken only where no folder has that name.</param>
/// <param name="doubtful">From this rank on, nothing but the name of the file connects labels and image.</param>
/// <param name="areExclusive">Whether labels of one folder keep those of others from its images; addresses of one export may have several kinds of folders.</param>
internal sealed class LabelFolders(Func<string, string, int> rank, int equal, int near, int weak, int doubtful, bool areExclusive = true)
{
    // Fewer than one in so many are strays.
    private const int FewInMany = 4;

    private readonly Dictionary<(string Labels, string Images), (int Rank, int Count)> _pairs = [];
    private readonly Dictionary<string, int> _bestOfLabels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bestOfImages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _mostOfImages = new(StringComparer.Ordinal);

    /// <summary>Takes note of labels and an image that have the same name.</summary>
    public void Note(string labels, string images)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (labels, images), out var exists);
        known = exists ? known with { Count = known.Count + 1 } : (rank(labels, images), 1);
    }

    /// <summary>Decides, after all were noted.</summary>
    public void Settle()
    {
        foreach (var ((_, images), (found, count)) in _pairs)
        {
            if (found <= near)
            {
                _mostOfImages[images] = Math.Max(_mostOfImages.GetValueOrDefault(images), count);
            }
        }

        foreach (var ((labels, images), (found, count)) in _pairs)
        {
            Improve(_bestOfLabels, labels, Level(found));
            if (count * FewInMany >= _mostOfImages.GetValueOrDefault(images))
            {
                Improve(_bestOfImages, images, Level(found));
            }
        }
    }

    /// <summary>How well two folders fit, 0 for best.</summary>
    public int Rank(string labels, string images) => _pairs.TryGetValue((labels, images), out var known) ? known.Rank : rank(labels, images);

    /// <summary>Whether the folder of the labels fits no other one better.</summary>
    public bool FitsBest(string labels, int found) => Level(found) <= _bestOfLabels.GetValueOrDefault(labels, Level(found));

    /// <summary>Whether labels of another folder belong to the images of a folder, because they fit it better.</summary>
    public bool IsServed(string labels, string images, int found)
        => areExclusive && Level(found) > _bestOfImages.GetValueOrDefault(images, Level(found)) && !IsBelowServing(labels, images, found);

    /// <summary>Whether the folder of the images does not fit by its own name.</summary>
    public bool IsWeak(int found) => found >= weak;

    /// <summary>Whether nothing but the name of the file connects labels and image.</summary>
    public bool IsDoubtful(int found) => found >= doubtful;

    private int Level(int found) => Math.Max(found, equal);

    /// <summary>
    /// Whether labels are in a folder below the one that serves the images, as a second batch is: they are for images that this one lacks. Where
    /// labels are beside the images, those in a folder below are for images that were there.
    /// </summary>
    private bool IsBelowServing(string labels, string images, int found)
    {
        for (var above = labels; found < doubtful && above.Length > 0;)
        {
            above = StoredFolder.Of(above);
            if (_pairs.TryGetValue((above, images), out var known) && known.Rank > 0 && Level(known.Rank) <= _bestOfImages[images])
            {
                return true;
            }
        }

        return false;
    }

    private static void Improve(Dictionary<string, int> best, string folder, int found)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(best, folder, out var exists);
        known = exists ? Math.Min(known, found) : found;
    }
}

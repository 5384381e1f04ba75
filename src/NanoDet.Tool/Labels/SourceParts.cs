using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Splitting;

namespace NanoDet.Tool.Labels;

/// <summary>The parts that somebody gave the images of labels, as a build sees them.</summary>
internal sealed class SourceParts
{
    // A list of another data set names no image at all.
    private const int MostTold = 20;

    private readonly IReadOnlyList<string> _pictures;
    private readonly Dictionary<string, DatasetPart> _described;
    private readonly NamedParts _named;

    /// <param name="place">Where the labels are.</param>
    /// <param name="labels">The label files.</param>
    /// <param name="problem">Takes NDB2003, NDB2004 and NDB2008.</param>
    public SourceParts(LabelPlace place, LabelledImages labels, Action<Diagnostic> problem)
    {
        _pictures = place.Pictures;
        _described = place.Found.Pictures.Where(folder => folder.Part is not null).SelectMany(folder => folder.Files, (folder, file) => (file, folder.Part!.Value))
            .ToDictionary(entry => entry.file, entry => entry.Value, StringComparer.Ordinal);
        var problems = new List<Diagnostic>();
        _named = new(place.Pictures, place.Found.Lists.Select(list => new ImageList(place.Full(list.Path), list.Path, list.Part)), problems, labels);

        // A list above also names images of folders that were not named.
        var above = place.Found.Lists.Where(list => LabelPlace.IsAbove(list.Path)).Select(list => place.Full(list.Path)).ToHashSet(StringComparer.Ordinal);
        problems.RemoveAll(found => found.Code == "NDB2004" && found.Location is { File: { } file } && above.Contains(file));
        problems.Take(MostTold).ToList().ForEach(problem);
    }

    /// <summary>The part of an image; null where nothing says it, or a list leaves it open between training and validation.</summary>
    /// <param name="picture">The image by its number; null where it was not found.</param>
    /// <param name="file">The label file, if it is about many images.</param>
    /// <param name="fileName">The image's name in the labels.</param>
    public (DatasetPart? Part, bool IsOfTrainval) Find(int? picture, string? file, string fileName)
    {
        if (picture is not { } number)
        {
            return ((file is null ? null : PartFolders.OfFile(file)) ?? PartFolders.OfImage(fileName), false);
        }

        if (_described.TryGetValue(_pictures[number], out var described))
        {
            return (described, false);
        }

        var (isListed, part) = _named.Find(number, file);
        return (part, isListed && part is null);
    }
}

using System.Collections.Immutable;
using NanoDet.Data.Labels.Coco;
using NanoDet.Tool.Labels;

namespace NanoDet.Tool.Results;

/// <summary>
/// The ids of COCO results: those of a COCO file, found by file name and class name, or, without one, the position of the
/// image and of the class, both from 1.
/// </summary>
internal sealed class CocoIds(ImmutableArray<string> classes, CocoDocument? document)
{
    private readonly Dictionary<string, long> _images = document?.Images
        .DistinctBy(image => Path.GetFileName(image.FileName)).ToDictionary(image => Path.GetFileName(image.FileName), image => image.Id) ?? [];

    private readonly ImmutableArray<long?> _categories = [.. classes.Select((name, label)
        => document is null ? label + 1L : document.Categories.FirstOrDefault(category => ClassNames.Same(category.Name, name))?.Id)];

    private long _position;

    /// <summary>Returns the id of the next image; null if the file does not have it.</summary>
    public long? NextImage(string path)
        => document is null ? ++_position : _images.TryGetValue(Path.GetFileName(path), out var id) ? id : null;

    /// <summary>Returns the id of a class; null if the file does not have it.</summary>
    public long? Category(int label) => _categories[label];
}

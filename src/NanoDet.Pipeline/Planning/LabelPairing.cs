using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// Finds the image of labels: the one of the same name in the same folder or, where labels have folders of their own, the one
/// whose folders agree in most of their last names (<c>annotations/north/1.xml</c> and <c>images/north/1.jpg</c>). Labels that
/// fit no image by their file's name are tried by the name that they hold.
/// </summary>
internal sealed class LabelPairing
{
    private readonly Dictionary<string, List<int>> _imagesByStem = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<PlanImage> _images;
    private readonly LabeledImage?[] _labels;

    public LabelPairing(IReadOnlyList<PlanImage> images)
    {
        _images = images;
        _labels = new LabeledImage?[images.Count];
        _imagesByStem.EnsureCapacity(images.Count);
        for (var i = 0; i < images.Count; i++)
        {
            var stem = Stem(images[i].Path);
            if (!_imagesByStem.TryGetValue(stem, out var list))
            {
                _imagesByStem.Add(stem, list = new List<int>(1));
            }

            list.Add(i);
        }
    }

    /// <summary>The labels of each image; null where none were found.</summary>
    public IReadOnlyList<LabeledImage?> Labels => _labels;

    /// <summary>Gives labels to their image.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="file">The label file.</param>
    /// <param name="isOfOneImage">Whether the file is about this image alone, so that its name counts and not only the one inside.</param>
    /// <param name="diagnostics">Takes NDB1020 and NDB1022.</param>
    public void Add(LabeledImage labels, string file, bool isOfOneImage, ICollection<Diagnostic> diagnostics)
    {
        var location = labels.Location ?? new SourceLocation(file);
        var named = labels.FileName.Replace('\\', '/');
        var candidates = isOfOneImage && _imagesByStem.TryGetValue(Stem(file), out var byFile) ? Best(byFile, file, named)
            : _imagesByStem.TryGetValue(Stem(named), out var byName) ? Best(byName, isOfOneImage ? file : named, named)
            : [];
        if (candidates is [var image])
        {
            if (_labels[image] is { } other)
            {
                diagnostics.Add(LabelDiagnostics.AmbiguousPair(new SourceLocation(_images[image].Path), other.Location?.File ?? "", file));
            }

            _labels[image] = labels;
        }
        else if (candidates is [var first, var second, ..])
        {
            diagnostics.Add(LabelDiagnostics.AmbiguousPair(location, _images[first].Path, _images[second].Path));
        }
        else
        {
            diagnostics.Add(LabelDiagnostics.ImageMissing(location, labels.FileName));
        }
    }

    /// <summary>The one image that a file of labels fits by its name; null where none or more do.</summary>
    public int? Find(string file)
        => _imagesByStem.TryGetValue(Stem(file), out var candidates) && Best(candidates, file, "") is [var image] ? image : null;

    private List<int> Best(List<int> candidates, string near, string named)
    {
        if (candidates.Count == 1)
        {
            return candidates;
        }

        var name = Name(named);
        var scored = candidates.Select(image => (Image: image, Score: Score(_images[image].Path, near, name))).ToList();
        var best = scored.Max(candidate => candidate.Score);
        return [.. scored.Where(candidate => candidate.Score == best).Select(candidate => candidate.Image)];
    }

    private static int Score(string image, string near, string name)
    {
        string[] folders = image.Split('/')[..^1], wanted = near.Split('/')[..^1];
        var shared = 0;
        while (shared < folders.Length && shared < wanted.Length && folders[^(shared + 1)] == wanted[^(shared + 1)])
        {
            shared++;
        }

        var same = folders.Length == wanted.Length && shared == folders.Length ? 1 : 0;
        return (((same * 1000) + shared) * 2) + (Name(image) == name ? 1 : 0);
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(Name(path));
}

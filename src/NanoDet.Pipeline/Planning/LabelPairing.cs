using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// Finds the image of labels: the one of the same name whose folder fits best (<see cref="FolderMatch"/>), if no other folder of
/// labels fits the image's folder better. Labels that fit no image by their file's name are tried by the name that they hold.
/// </summary>
internal sealed class LabelPairing
{
    private readonly Dictionary<string, List<int>> _imagesByStem = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<PlanImage> _images;
    private readonly LabeledImage?[] _labels;
    private readonly LabelFolders _folders = new(StoredFolder.Match);
    private readonly HashSet<(string, string)> _toldFolders = [];

    /// <param name="images">The images.</param>
    /// <param name="labelFiles">Paths of all label files.</param>
    public LabelPairing(IReadOnlyList<PlanImage> images, IEnumerable<string> labelFiles)
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

        foreach (var file in labelFiles)
        {
            Note(_folders, file);
        }
    }

    /// <summary>The labels of each image; null where none were found.</summary>
    public IReadOnlyList<LabeledImage?> Labels => _labels;

    /// <summary>Gives the labels in a file to their images.</summary>
    /// <param name="content">The labels.</param>
    /// <param name="file">The label file.</param>
    /// <param name="diagnostics">Takes NDB1020, NDB1022, NDB1024 and NDB1025.</param>
    public void Add(LabelFileContent content, string file, ICollection<Diagnostic> diagnostics)
    {
        var names = content.Images.Select(labels => labels.FileName.Replace('\\', '/')).ToArray();
        var folders = content.IsOfOneImage ? _folders : FoldersOf(file, names);
        for (var i = 0; i < names.Length; i++)
        {
            // The name of a file about one image counts, and not only the one inside.
            var near = content.IsOfOneImage ? file : names[i];
            var byFile = Find(folders, near, Stem(near), names[i]);
            var found = byFile.Images.Count > 0 ? byFile : Find(folders, near, Stem(names[i]), names[i]);
            Give(content.Images[i], file, StoredFolder.Of(near), found.Images.Count > 0 ? found : byFile, diagnostics);
        }
    }

    /// <summary>The one image that a file of labels fits by its name; null where none or more do.</summary>
    public int? Find(string file) => Find(_folders, file, Stem(file), "").Images is [var image] ? image : null;

    private void Give(LabeledImage labels, string file, string folder, Found found, ICollection<Diagnostic> diagnostics)
    {
        var location = labels.Location ?? new SourceLocation(file);
        if (found.Images is [var image])
        {
            var path = _images[image].Path;
            if (_labels[image] is { } other)
            {
                diagnostics.Add(LabelDiagnostics.AmbiguousPair(new SourceLocation(path), other.Location?.File ?? "", file));
            }

            if (found.Match == FolderMatch.Different && _toldFolders.Add((folder, StoredFolder.Of(path))))
            {
                diagnostics.Add(LabelDiagnostics.FoldersDiffer(location, folder, path));
            }

            _labels[image] = labels;
        }
        else if (found.Images is [var first, var second, ..])
        {
            diagnostics.Add(LabelDiagnostics.AmbiguousPair(location, _images[first].Path, _images[second].Path));
        }
        else
        {
            diagnostics.Add(found.Elsewhere is { } elsewhere
                ? LabelDiagnostics.ImageElsewhere(location, _images[elsewhere].Path)
                : LabelDiagnostics.ImageMissing(location, labels.FileName));
        }
    }

    private Found Find(LabelFolders folders, string near, string stem, string named)
    {
        if (!_imagesByStem.TryGetValue(stem, out var candidates))
        {
            return new Found([], null, default);
        }

        var (folder, name) = (StoredFolder.Of(near), Name(named));
        var together = candidates.Where(image => folders.BelongTogether(folder, StoredFolder.Of(_images[image].Path))).ToList();
        if (together.Count == 0)
        {
            return new Found([], candidates[0], default);
        }

        var scored = together.ConvertAll(image => (Image: image, Score: Score(folders, folder, image, name)));
        var best = scored.Min(candidate => candidate.Score);
        return new Found([.. scored.Where(candidate => candidate.Score == best).Select(candidate => candidate.Image)], null, best.Match);
    }

    private (FolderMatch Match, int End, int Begin, int Name) Score(LabelFolders folders, string folder, int image, string name)
    {
        var (path, other) = (_images[image].Path, StoredFolder.Of(_images[image].Path));
        return (folders.Match(folder, other), -StoredFolder.SharedEnd(folder, other), -StoredFolder.SharedBegin(folder, other), Name(path) == name ? 0 : 1);
    }

    /// <summary>
    /// What the names in a file about many images show: they are relative to the file's folder, or else to any folder above the
    /// images.
    /// </summary>
    private LabelFolders FoldersOf(string file, string[] names)
    {
        var own = StoredFolder.Of(file);
        var folders = new LabelFolders((named, images) =>
            $"{own}/{named}".Trim('/') == images ? FolderMatch.Same
            : StoredFolder.IsEnd(named, images) ? FolderMatch.Counterpart
            : (FolderMatch)Math.Max((int)StoredFolder.Match(named, images), (int)FolderMatch.Counterpart));
        foreach (var name in names)
        {
            Note(folders, name);
        }

        return folders;
    }

    private void Note(LabelFolders folders, string labels)
    {
        foreach (var image in _imagesByStem.GetValueOrDefault(Stem(labels)) ?? [])
        {
            folders.Note(StoredFolder.Of(labels), StoredFolder.Of(_images[image].Path));
        }
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(Name(path));

    /// <summary>The images that labels fit, or one of their name that is not theirs.</summary>
    private readonly record struct Found(List<int> Images, int? Elsewhere, FolderMatch Match);
}

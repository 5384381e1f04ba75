using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Images;
using NanoDet.Data.Labels;
using NanoDet.Data.Parallelism;

namespace NanoDet.Data.Pairing;

/// <summary>
/// Finds the image of labels: the one of the same name whose folder fits best (<see cref="FolderMatch"/>), if no other folder of
/// labels fits the image's folder better. Labels that fit no image by their file's name are tried by the name that they hold.
/// </summary>
internal sealed class LabelPairing
{
    private readonly ImageIndex _index;
    private readonly IReadOnlyList<string> _images;
    private readonly LabeledImage?[] _labels;
    private readonly (LabelFormat Form, string File)[] _from;
    private readonly Dictionary<(LabelFormat, LabelFormat), FormOverlap> _overlaps = [];
    private readonly AmbiguousPairs _ambiguous = new();
    private readonly bool[] _unread;
    private readonly LabelFolders _folders = new(
        (labels, images) => (int)StoredFolder.Match(labels, images), (int)FolderMatch.Standard, (int)FolderMatch.Counterpart, (int)FolderMatch.Flat, (int)FolderMatch.Different);

    private readonly HashSet<(string, string)> _toldFolders = [];
    private readonly UnreadPictures? _unreadPictures;
    private readonly Func<NamedImages, string, IReadOnlyList<int>> _byFile;
    private readonly IReadOnlyList<LabelBlock> _blocks;

    /// <param name="images">Stored paths of the images.</param>
    /// <param name="labelFiles">Paths of all label files.</param>
    /// <param name="root">The folder that the paths are relative to, where pictures in forms that are not read are looked for; null for none.</param>
    /// <param name="blocks">Labels and images that somebody has put together, whatever their folders are called; null for none.</param>
    public LabelPairing(IReadOnlyList<string> images, IReadOnlyList<string> labelFiles, string? root = null, IReadOnlyList<LabelBlock>? blocks = null)
    {
        _blocks = blocks ?? [];
        _unreadPictures = root is null ? null : new(root, images.Concat(labelFiles).Select(StoredFolder.Of));
        _images = images;
        _labels = new LabeledImage?[images.Count];
        _from = new (LabelFormat, string)[images.Count];
        _unread = new bool[images.Count];
        _index = new ImageIndex(images);
        _byFile = _index.Near;
        foreach (var near in ParallelLoop.Map(labelFiles.Count, i =>
        {
            var place = Place(labelFiles[i]);
            return Near(place, PlainName.Stem(place), _byFile);
        }))
        {
            Note(_folders, near);
        }

        _folders.Settle();
    }

    /// <summary>The labels of each image; null where none were found.</summary>
    public IReadOnlyList<LabeledImage?> Labels => _labels;

    /// <summary>The two forms of which most images have labels; null where no image has labels of two forms.</summary>
    public FormOverlap? Overlap => _overlaps.Values.MaxBy(overlap => overlap.Images);

    /// <summary>NDB1022 for all files that were added: one a cause.</summary>
    public IEnumerable<Diagnostic> Ambiguous => _ambiguous.Diagnostics;

    /// <summary>Gives the labels in a file to their images.</summary>
    /// <param name="content">The labels.</param>
    /// <param name="file">The label file.</param>
    /// <param name="diagnostics">Takes NDB1020, NDB1024 and NDB1025.</param>
    /// <param name="sought">What <see cref="Seek"/> returned for the file, so that it is not looked for again.</param>
    /// <returns>The image of each labels; null for those that got none.</returns>
    public IReadOnlyList<int?> Add(LabelFileContent content, string file, ICollection<Diagnostic> diagnostics, Found? sought = null)
    {
        var place = Place(file);
        return (sought ?? Seek(content, file)) is { } one ? [Give(content.Images[0], (content.Form, file), StoredFolder.Of(place), one, _folders, diagnostics)]
            : AddMany(content, file, place, diagnostics);
    }

    private int?[] AddMany(LabelFileContent content, string file, string place, ICollection<Diagnostic> diagnostics)
    {
        var names = new NamedFolders(place);
        var areAddresses = content.Form == LabelFormat.LabelStudio;
        var folders = new LabelFolders(names.Rank, 0, 0, NamedFolders.OtherFolder, NamedFolders.OtherFolder + (int)FolderMatch.Flat, !areAddresses);
        IReadOnlyList<int> Candidates(NamedImages images, string folder)
            => _index.In(images, names.Bases.Select(from => StoredFolder.Below(from, folder)), StoredFolder.LastName(folder));
        var paths = content.Images.Select(labels => areAddresses || PictureAddress.IsUpload(labels.FileName) ? Addressed(labels.FileName) : Path(place, labels.FileName)).ToArray();
        foreach (var path in paths)
        {
            Note(folders, Near(path, PictureFile.StemOf(path), Candidates));
        }

        folders.Settle();

        var given = new int?[paths.Length];
        for (var i = 0; i < paths.Length; i++)
        {
            var found = Find(folders, paths[i], PictureFile.StemOf(paths[i]), paths[i], Candidates);
            var named = content.Images[i];
            var isUploaded = areAddresses || PictureAddress.IsUpload(named.FileName);
            foreach (var spelling in found.Images.Count > 0 ? [] : Spellings(paths[i], isUploaded))
            {
                if (Find(folders, spelling, PictureFile.StemOf(spelling), spelling, Candidates) is { Images.Count: > 0 } other)
                {
                    // The number that Label Studio adds is no part of the name that is compared with the image's.
                    (found, named) = (other, isUploaded ? named with { FileName = spelling } : named);
                    break;
                }
            }

            given[i] = Give(named, (content.Form, file), StoredFolder.Of(paths[i]), found, folders, diagnostics);
        }

        return given;
    }

    /// <summary>Looks for the image of a label file without giving it the labels: many threads can.</summary>
    /// <returns>Null for a file about many images.</returns>
    public Found? Seek(LabelFileContent content, string file)
    {
        if (!content.IsOfOneImage)
        {
            return null;
        }

        // The name of the file counts first, because the one inside is often out of date after a rename.
        var place = Place(file);
        var named = PlainName.Of(content.Images[0].FileName);
        var byFile = Find(_folders, place, PlainName.Stem(place), named, _byFile);
        if (_index.At(file, named) is { } exact)
        {
            // A path that leads to an image says more than folders; but not than an image beside its labels, because a copied folder keeps its paths.
            return (byFile is { Images.Count: 1, Rank: (int)FolderMatch.Same } ? byFile : new Found([exact], null, 0)) with { Named = exact };
        }

        var found = byFile.Images.Count > 0 || named.Length == 0 ? byFile : Find(_folders, place, PictureFile.StemOf(named), named, _byFile);
        return found.Images.Count > 0 ? found : byFile;
    }

    /// <summary>What else a name in a file may mean, where no image has it.</summary>
    private static IEnumerable<string> Spellings(string path, bool isUploaded)
    {
        var decoded = PlainName.Decoded(path);
        return new[] { decoded }.Concat(isUploaded ? [PlainName.WithoutUploadId(path), decoded is null ? null : PlainName.WithoutUploadId(decoded)] : []).OfType<string>();
    }

    /// <summary>Takes note that a file could not be read, so that its image is not said to have no labels.</summary>
    public void NoteUnread(string file)
    {
        if (Find(file) is { } image)
        {
            _unread[image] = true;
        }
    }

    /// <summary>The file that the labels of an image are in; null where it has none.</summary>
    public string? FileOf(int image) => _from[image].File;

    /// <summary>Whether an image has labels that could not be read.</summary>
    public bool IsUnread(int image) => _unread[image];

    /// <summary>The one image that a file of labels fits by its name; null where none or more do.</summary>
    public int? Find(string file)
    {
        var place = Place(file);
        return Find(_folders, place, PlainName.Stem(place), "", _byFile).Images is [var image] ? image : null;
    }

    private int? Give(LabeledImage labels, (LabelFormat Form, string File) from, string folder, Found found, LabelFolders folders, ICollection<Diagnostic> diagnostics)
    {
        var location = labels.Location ?? new SourceLocation(from.File);
        if (found.Images is [var image])
        {
            var path = _images[image];
            if (_labels[image] is not null && _from[image] is var other)
            {
                if (other.Form == from.Form)
                {
                    NoteTwice(location, path, other.File, from);
                }
                else
                {
                    NoteForms(other, from);
                }
            }

            if (found.Named is { } named && named != image && StoredFolder.Same(PlainName.Stem(_index.Path(named)), PlainName.Stem(_index.Path(image))))
            {
                // That another last name differs is told where all labels are judged.
                diagnostics.Add(LabelDiagnostics.FileNameMismatch(location, labels.FileName, path));
            }

            if (folders.IsDoubtful(found.Rank) && _toldFolders.Add((folder, _index.Folder(image))))
            {
                diagnostics.Add(LabelDiagnostics.FoldersDiffer(location, folder, path));
            }

            (_labels[image], _from[image]) = (labels, from);
            return image;
        }

        if (found.Images is [var first, var second, ..])
        {
            _ambiguous.AddImages(location, from.Form.NamesImages() ? from.File : StoredFolder.Of(from.File), _images[first], _images[second]);
            return null;
        }

        diagnostics.Add(found.Elsewhere is { } elsewhere ? LabelDiagnostics.ImageElsewhere(location, _images[elsewhere])
            : LabelDiagnostics.ImageMissing(location, labels.FileName, Unread(labels.FileName, from),
                from.Form == LabelFormat.LabelStudio || PictureAddress.IsUpload(labels.FileName) ? PlainName.WithoutUploadId(labels.FileName) : null));
        return null;
    }

    /// <summary>A picture of labels in a form that is not read: by the name in them, or that of their file.</summary>
    private string? Unread(string fileName, (LabelFormat Form, string File) from)
        => _unreadPictures?.Find(PictureFile.StemOf(PlainName.Of(fileName))) ?? (from.Form.NamesImages() ? null : _unreadPictures?.Find(PlainName.Stem(PlainName.Of(from.File))));

    private void NoteTwice(SourceLocation location, string image, string other, (LabelFormat Form, string File) from)
    {
        if (other == from.File)
        {
            _ambiguous.AddEntries(location, from.File, image);
        }
        else
        {
            _ambiguous.AddFiles(image, other, from.File, from.Form.NamesImages());
        }
    }

    private void NoteForms((LabelFormat Form, string File) one, (LabelFormat Form, string File) other)
    {
        var (first, second) = one.Form < other.Form ? (one, other) : (other, one);
        if (!_overlaps.TryGetValue((first.Form, second.Form), out var overlap))
        {
            _overlaps[(first.Form, second.Form)] = overlap = new FormOverlap(first.Form, second.Form);
        }

        overlap.Add(first.File, second.File);
    }

    /// <summary>Images of the same name, and, if none of them is the right one, of the same name in other case or without escapes.</summary>
    private Found Find(LabelFolders folders, string near, string stem, string named, Func<NamedImages, string, IReadOnlyList<int>> candidates)
    {
        var folder = StoredFolder.Of(near);
        var found = Nearest(folders, folder, _index.Named(stem), named, candidates);
        if (found.Images.Count == 0 && found.Elsewhere is not null && Nearest(folders, folder, _index.NamedWithoutCase(stem), named, candidates) is { Images.Count: > 0 } inOtherCase)
        {
            return inOtherCase;
        }

        return found.Images.Count == 0 && PlainName.Decoded(stem) is { } decoded && Nearest(folders, folder, _index.Named(decoded), named, candidates) is { Images.Count: > 0 } withoutEscapes
            ? withoutEscapes
            : found;
    }

    private Found Nearest(LabelFolders folders, string folder, NamedImages? images, string named, Func<NamedImages, string, IReadOnlyList<int>> candidates)
    {
        if (images is null)
        {
            return new Found([], null, 0);
        }

        var near = candidates(images, folder);
        var best = int.MaxValue;
        var found = new List<int>(1);
        var (served, servedRank) = (-1, int.MaxValue);
        for (var i = 0; i < near.Count; i++) // An enumerator would be an object for each file of labels.
        {
            var image = near[i];
            var other = _index.Folder(image);
            var rank = folders.Rank(folder, other);
            if (rank > best || !folders.FitsBest(folder, rank)
                || (folders.IsWeak(rank) && StoredFolder.LastName(folder) is var last && !StoredFolder.Same(last, StoredFolder.LastName(other)) && _index.HasFolder(last)))
            {
                continue;
            }

            if (folders.IsServed(folder, other, rank))
            {
                (served, servedRank) = rank < servedRank ? (image, rank) : (served, servedRank);
                continue;
            }

            if (rank < best)
            {
                best = rank;
                found.Clear();
            }

            found.Add(image);
        }

        // That other labels belong to the one image does not make these the labels of the other.
        return found.Count == 0 ? new Found([], near[0], 0)
            : folders == _folders && servedRank <= best ? new Found([served, found[0]], null, best)
            : new Found(found.Count == 1 ? found : Closest(found, folder, named), null, best);
    }

    /// <summary>Those images among equally good ones whose path is most like that of the labels.</summary>
    private List<int> Closest(List<int> images, string folder, string named)
    {
        var name = named[(named.LastIndexOf('/') + 1)..];
        var scored = images.ConvertAll(image => (Image: image, Score: Score(folder, image, name)));
        var best = scored.Min(candidate => candidate.Score);
        return [.. scored.Where(candidate => candidate.Score == best).Select(candidate => candidate.Image)];
    }

    private (int End, int Begin, int Name, int Case) Score(string folder, int image, string name)
    {
        var (path, other) = (_index.Path(image), _index.Folder(image));
        var own = path[(path.LastIndexOf('/') + 1)..];
        return (-StoredFolder.SharedEnd(folder, other), -StoredFolder.SharedBegin(folder, other),
            own == name ? 0 : StoredFolder.Same(own, name) ? 1 : 2,
            folder.EndsWith(StoredFolder.LastName(other), StringComparison.Ordinal) ? 0 : 1);
    }

    private void Note(LabelFolders folders, (string Folder, IReadOnlyList<int> Images) near)
    {
        for (var i = 0; i < near.Images.Count; i++)
        {
            folders.Note(near.Folder, _index.Folder(near.Images[i]));
        }
    }

    /// <summary>The folder of labels, and the images of their name that they may be about.</summary>
    private (string Folder, IReadOnlyList<int> Images) Near(string labels, string stem, Func<NamedImages, string, IReadOnlyList<int>> candidates)
    {
        var folder = StoredFolder.Of(labels);
        return (folder, _index.Named(stem) is { } images ? candidates(images, folder) : []);
    }

    /// <summary>The path by which a file finds its images.</summary>
    private string Place(string file)
    {
        if (_blocks.Count == 0 || LabelBlock.OfLabels(_blocks, file) is not [var first, ..] blocks)
        {
            return PlainName.Of(file);
        }

        // Sections may share a folder of labels; each has those of its own images.
        var block = blocks.Count == 1 ? first : blocks.FirstOrDefault(block => HasImage(block, PlainName.Stem(PlainName.Of(file)))) ?? first;
        return PlainName.Of(block.BesideImages(file)!);
    }

    private bool HasImage(LabelBlock block, string stem) => _index.Named(stem)?.All.Exists(image => LabelBlock.OfImage(_blocks, _images[image]).Contains(block)) == true;

    /// <summary>The path in an address: the name alone, where no image is in a folder of the name that it has.</summary>
    private string Addressed(string address)
        => PlainName.Of(PictureAddress.PathOf(address)) is var path && _index.HasFolder(StoredFolder.LastName(StoredFolder.Of(path))) ? path : StoredFolder.LastName(path);

    /// <summary>The path in a name: only what begins with <c>..</c> can be resolved before it is searched.</summary>
    private static string Path(string file, string name)
    {
        var plain = PlainName.Of(name);
        return plain.StartsWith("../", StringComparison.Ordinal) ? PlainName.From(StoredFolder.Of(file), plain) : plain;
    }

    /// <summary>The images that labels fit, or one of their name that is not theirs.</summary>
    /// <param name="Images">Those images; one where it is clear.</param>
    /// <param name="Elsewhere">An image of the name in a folder that does not fit; null for none.</param>
    /// <param name="Rank">How well the folder fits, 0 for best.</param>
    public readonly record struct Found(List<int> Images, int? Elsewhere, int Rank)
    {
        /// <summary>The image to which the path in the labels leads from their file; null where it leads to none.</summary>
        public int? Named { get; init; }
    }
}

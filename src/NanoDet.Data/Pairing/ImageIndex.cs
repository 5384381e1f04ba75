using System.Collections.Concurrent;
using NanoDet.Data.Images;

namespace NanoDet.Data.Pairing;

/// <summary>
/// Finds images by name and folder. With 1,000 folders that all have an image <c>0001</c>, no search looks at all 1,000: the
/// folders that can fit well are found by their own names. Many threads can search at the same time.
/// </summary>
internal sealed class ImageIndex
{
    // So few are compared one by one.
    private const int Few = 4;

    private readonly Dictionary<string, NamedImages> _byStem;
    private readonly Lazy<Dictionary<string, NamedImages>> _byFoldedStem;
    private readonly Dictionary<string, int> _folders = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folderNames = [];
    private readonly int[] _folderOf;
    private readonly string[] _paths;
    private readonly Lazy<ILookup<string, int>> _byLastName;
    private readonly Lazy<ILookup<string, int>> _byOneNameLess;
    private readonly ConcurrentDictionary<string, int[][]> _near = new(StringComparer.Ordinal);
    private readonly Func<string, int[][]> _levels;

    /// <param name="paths">Stored paths of the images.</param>
    public ImageIndex(IReadOnlyList<string> paths)
    {
        _levels = Levels;
        _paths = new string[paths.Count];
        _folderOf = new int[paths.Count];
        _byStem = new(paths.Count, StringComparer.Ordinal);
        for (var i = 0; i < paths.Count; i++)
        {
            _paths[i] = PlainName.Of(paths[i]);
            var folder = StoredFolder.Of(_paths[i]);
            if (!_folders.TryGetValue(folder, out _folderOf[i]))
            {
                _folders.Add(folder, _folderOf[i] = _folderNames.Count);
                _folderNames.Add(folder);
            }

            Add(_byStem, PlainName.Stem(_paths[i]), i);
        }

        _byFoldedStem = new(() =>
        {
            var folded = new Dictionary<string, NamedImages>(_byStem.Count, StringComparer.Ordinal);
            for (var i = 0; i < _paths.Length; i++)
            {
                Add(folded, PlainName.Folded(PlainName.Stem(_paths[i])), i);
            }

            return folded;
        });
        _byLastName = new(() => Enumerable.Range(0, _folderNames.Count).ToLookup(folder => StoredFolder.LastName(_folderNames[folder]), StringComparer.OrdinalIgnoreCase));
        _byOneNameLess = new(() => Enumerable.Range(0, _folderNames.Count)
            .SelectMany(folder => OneNameLess(_folderNames[folder]).SelectMany(entry => new[] { entry.Shorter, entry.Marked }), (folder, key) => (folder, key))
            .ToLookup(entry => entry.key, entry => entry.folder, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Path of an image, in its plain form.</summary>
    public string Path(int image) => _paths[image];

    /// <summary>Folder of an image, in its plain form.</summary>
    public string Folder(int image) => _folderNames[_folderOf[image]];

    /// <summary>Whether some folder of images has a name as its last one.</summary>
    public bool HasFolder(string lastName) => lastName.Length > 0 && _byLastName.Value.Contains(lastName);

    /// <summary>The images of a name, and, only where there is none, those that have it in other case.</summary>
    public NamedImages? Named(string stem)
        => _byStem.TryGetValue(stem, out var exact) ? exact : _byFoldedStem.Value.GetValueOrDefault(PlainName.Folded(stem));

    /// <summary>The images of a name in other case than <see cref="Named"/> finds it.</summary>
    public NamedImages? NamedWithoutCase(string stem) => _byFoldedStem.Value.GetValueOrDefault(PlainName.Folded(stem));

    /// <summary>
    /// Those images of a name whose folders a folder of labels can fit best: the same one, else counterparts, else those of the same
    /// last name (<see cref="FolderMatch"/>); all where it fits none so well, or there are few.
    /// </summary>
    /// <param name="named">The images.</param>
    /// <param name="labels">The folder of the labels.</param>
    public IReadOnlyList<int> Near(NamedImages named, string labels)
    {
        if (named.All.Count <= Few)
        {
            return named.All;
        }

        foreach (var folders in _near.GetOrAdd(labels, _levels))
        {
            if (folders.Length > 0 && named.In(folders, _folderOf) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return named.All;
    }

    /// <summary>Those images of a name that are in one of some folders, or in one of some last name; all where there are none, or few in all.</summary>
    /// <param name="named">The images.</param>
    /// <param name="folders">The folders.</param>
    /// <param name="lastName">A last name that counts as well; empty for none.</param>
    public IReadOnlyList<int> In(NamedImages named, IEnumerable<string> folders, string lastName)
        => named.All.Count <= Few ? named.All
            : Only(named, [.. folders.SelectMany(Exactly).Concat(lastName.Length > 0 ? _byLastName.Value[lastName] : []).Distinct()]);

    /// <summary>Those images of a name that are in one folder.</summary>
    public IReadOnlyList<int> In(NamedImages named, string folder) => named.In([.. Exactly(folder)], _folderOf);

    /// <summary>The image to which a path with folders leads.</summary>
    /// <param name="file">The file whose folder it begins in.</param>
    /// <param name="path">The path, in its plain form.</param>
    /// <returns>Null where there is none, or the path is a name alone, a full one, or leads above the set.</returns>
    public int? At(string file, string path)
    {
        if (!path.Contains('/', StringComparison.Ordinal) || PlainName.Within(StoredFolder.Of(PlainName.Of(file)), path) is not { } full || Named(PictureFile.StemOf(full)) is not { } named)
        {
            return null;
        }

        // A converted image has another extension.
        var there = In(named, StoredFolder.Of(full));
        return there is [var one] ? one : there.Select(image => (int?)image).FirstOrDefault(image => StoredFolder.Same(_paths[image!.Value], full));
    }

    private int[][] Levels(string labels)
    {
        var less = OneNameLess(labels).ToList();
        int[] counterparts =
        [
            .. less.SelectMany(entry => Exactly(entry.Shorter).Concat(_byOneNameLess.Value[entry.Marked])),
            .. _byOneNameLess.Value[labels],
        ];
        return [[.. Exactly(labels)], [.. counterparts.Distinct()], [.. _byLastName.Value[StoredFolder.LastName(labels)]]];
    }

    private IReadOnlyList<int> Only(NamedImages named, int[] folders) => named.In(folders, _folderOf) is { Count: > 0 } found ? found : named.All;

    private IEnumerable<int> Exactly(string folder) => _folders.TryGetValue(folder, out var number) ? [number] : [];

    /// <summary>The folder with each of its names left out, and with a mark in its place.</summary>
    private static IEnumerable<(string Shorter, string Marked)> OneNameLess(string folder)
    {
        var names = StoredFolder.Names(folder);
        for (var i = 0; i < names.Length; i++)
        {
            yield return (string.Join('/', names.Where((_, index) => index != i)), string.Join('/', names.Select((name, index) => index == i ? "*" : name)));
        }
    }

    private static void Add(Dictionary<string, NamedImages> index, string stem, int image)
    {
        if (!index.TryGetValue(stem, out var named))
        {
            index.Add(stem, named = new NamedImages());
        }

        named.All.Add(image);
    }
}

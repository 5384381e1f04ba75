using System.Globalization;
using System.IO.Enumeration;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Images;

namespace NanoDet.Data.Discovery;

/// <summary>The files in which a data set is searched: their names, and the bytes of the few that have to be looked into.</summary>
internal sealed class DataFiles
{
    // Files of a project, of version control, of packages and of systems; not what people call a folder of pictures.
    private static readonly HashSet<string> OtherFolders = new(StringComparer.OrdinalIgnoreCase) { "__MACOSX", "node_modules" };
    private static readonly string[] ResultFolders = ["detect", "segment", "pose", "obb", "classify"];
    private static readonly HashSet<string> BuildFolders = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj" };

    private readonly Func<string, int, (byte[] First, byte[] Last)> _read;

    // The whole of a file is looked into only where its ends do not show what it is.
    private const int LongestWhole = 1 << 30;

    /// <param name="names">Stored paths: relative to the folder, with forward slashes. Hidden files are left out.</param>
    /// <param name="root">The folder on disk; null where there is none.</param>
    /// <param name="read">The first bytes of a file, at most as many as asked for, and as many of its last ones.</param>
    public DataFiles(IEnumerable<string> names, string? root, Func<string, int, (byte[] First, byte[] Last)> read)
    {
        Root = root;
        _read = read;
        Add(names);
    }

    /// <summary>The folder on disk; null where the files are names alone.</summary>
    public string? Root { get; }

    /// <summary>The files by folder.</summary>
    public Dictionary<string, FolderContent> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>The first and the last bytes of a file; nothing where it cannot be read.</summary>
    public (byte[] First, byte[] Last) Ends(string name, int length) => _read(name, length);

    /// <summary>All bytes of a file; nothing where it cannot be read or is longer than any file of labels.</summary>
    public byte[] Whole(string name) => _read(name, LongestWhole) is var (content, _) && content.Length < LongestWhole ? content : [];

    /// <summary>Adds files.</summary>
    /// <param name="names">Their stored paths.</param>
    public void Add(IEnumerable<string> names)
    {
        var byName = Folders.GetAlternateLookup<ReadOnlySpan<char>>();
        FolderContent? folder = null;
        foreach (var name in names)
        {
            // Most files have the folder of the one before.
            var path = name.AsSpan();
            var own = path[..Math.Max(path.LastIndexOf('/'), 0)];
            if (IsHidden(path[(own.Length > 0 ? own.Length + 1 : 0)..]))
            {
                continue;
            }

            if ((folder is null || !own.SequenceEqual(folder.Name)) && !byName.TryGetValue(own, out folder))
            {
                if (HasHidden(own))
                {
                    continue;
                }

                folder = new FolderContent(own.ToString());
                Folders.Add(folder.Name, folder);
            }

            folder.Add(name);
        }
    }

    /// <summary>Files of a folder on disk, without those in folders of builds, packages and version control.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="except">Folders directly below it that are left out.</param>
    public static DataFiles Of(string root, IReadOnlyCollection<string>? except = null) => new(List(root, except ?? []), root, (name, length) => Read(root, name, length));

    /// <summary>Lists the files of a folder as stored paths.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="except">Folders directly below it that are left out.</param>
    /// <param name="broken">Takes links to files that are not there, which are left out.</param>
    /// <param name="progress">Hears of every file and folder; null where nobody waits.</param>
    public static IEnumerable<string> List(string root, IReadOnlyCollection<string> except, ICollection<string>? broken = null, ListingProgress? progress = null)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var links = new HashSet<string>(StringComparer.Ordinal) { full };
        var files = new FileSystemEnumerable<string>(
            full,
            (ref FileSystemEntry entry) => Path.GetRelativePath(full, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/'),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
            {
                progress?.Note(entry.Directory, !entry.IsDirectory);
                return !entry.IsDirectory && ((entry.Attributes & FileAttributes.ReparsePoint) == 0 || IsThere(ref entry, full, broken));
            },
            ShouldRecursePredicate = (ref FileSystemEntry entry) => Enters(ref entry, full, except, links),
        };
        return files;
    }

    /// <summary>A picture in a folder beside a project that is passed over because builds write there, as darknet calls its own.</summary>
    /// <returns>Its stored path; null where there is none.</returns>
    public string? BuildFolderWithPictures()
        => Root is null ? null : Directory.EnumerateDirectories(Root, "*", new EnumerationOptions()).Order(StringComparer.Ordinal)
            .Where(folder => Path.GetFileName(folder) is var name && BuildFolders.Contains(name) && !Folders.ContainsKey(name))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions()).Where(file => PictureFile.Is(file)).Order(StringComparer.Ordinal).Take(1))
            .Select(file => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/')).FirstOrDefault();

    /// <summary>Whether a file or one of its folders is hidden; macOS leaves such files beside those that it copies.</summary>
    /// <param name="name">Its stored path.</param>
    public static bool IsHidden(string name) => HasHidden(name);

    /// <summary>Reads the ends of a file.</summary>
    /// <param name="root">The folder that the name is relative to.</param>
    /// <param name="name">Its stored path.</param>
    /// <param name="length">The most bytes of each end.</param>
    public static (byte[] First, byte[] Last) Read(string root, string name, int length)
    {
        try
        {
            using var handle = RegularFile.OpenHandle(Path.Combine(root, name), FileShare.ReadWrite | FileShare.Delete);
            var size = RandomAccess.GetLength(handle);
            var first = Read(0, Math.Min(size, length));
            return (first, size <= length ? first : Read(size - length, length));

            byte[] Read(long offset, long count)
            {
                var bytes = new byte[count];
                return bytes[..RandomAccess.Read(handle, bytes, offset)];
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ([], []); // Whoever needs the file says so.
        }
    }

    private static bool IsHidden(ReadOnlySpan<char> name) => name.StartsWith('.') && name is not "..";

    private static bool HasHidden(ReadOnlySpan<char> path)
    {
        foreach (var name in path.Split('/'))
        {
            if (IsHidden(path[name]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is said of links to files that are not there; nothing where there are none.</summary>
    /// <param name="broken">The links.</param>
    public static IEnumerable<string> InWords(IReadOnlyCollection<string> broken) => broken.Count == 0 ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"{broken.Count} {(broken.Count == 1 ? "link leads" : "links lead")} to nothing and {(broken.Count == 1 ? "is" : "are")} passed over, such as '{DiagnosticText.Shorten(broken.Order(StringComparer.Ordinal).First())}'"),
    ];

    private static bool IsThere(ref FileSystemEntry entry, string root, ICollection<string>? broken)
    {
        var path = entry.ToFullPath();
        if (!BrokenLink.Is(path))
        {
            return true;
        }

        broken?.Add(Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));
        return false;
    }

    private static bool Enters(ref FileSystemEntry entry, string root, IReadOnlyCollection<string> except, HashSet<string> links)
    {
        var name = entry.FileName.ToString();
        if (name.StartsWith('.') || OtherFolders.Contains(name) || (except.Contains(name) && entry.Directory.SequenceEqual(root)))
        {
            return false;
        }

        var path = entry.ToFullPath();
        if (BuildFolders.Contains(name) && Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*proj").Any(file => Path.GetExtension(file).EndsWith("proj", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        // What Ultralytics found and drew: pictures with labels, and none that a person has made.
        if (name.Equals("runs", StringComparison.OrdinalIgnoreCase) && ResultFolders.Any(result => Directory.Exists(Path.Combine(path, result))))
        {
            return false;
        }

        // The folder of another build; and a link that leads to where we have been would never end.
        return !File.Exists(Path.Combine(path, "stat.cache"))
            && ((entry.Attributes & FileAttributes.ReparsePoint) == 0
                || (new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target && !IsAbove(target.FullName, path) && links.Add(target.FullName)));
    }

    /// <summary>Whether a link leads to a folder that it is in: what is below would come again without an end.</summary>
    private static bool IsAbove(string target, string link) => link.StartsWith(Path.EndsInDirectorySeparator(target) ? target : target + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}

using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Pairing;

/// <summary>Images and labels of which it is not clear how they belong together, counted by their cause: a copy of a folder or a file is one, however many images it has.</summary>
internal sealed class AmbiguousPairs
{
    private readonly Dictionary<(string, string, string), (SourceLocation Location, string First, string Second, int Count)> _found = [];

    /// <summary>NDB1022, once a cause, at its first place.</summary>
    public IEnumerable<Diagnostic> Diagnostics => _found.Values.Select(found => LabelDiagnostics.AmbiguousPair(found.Location, found.First, found.Second, found.Count));

    /// <summary>Counts labels that fit two images.</summary>
    /// <param name="location">Their place.</param>
    /// <param name="from">The file that they are in, or the folder of a file about one image.</param>
    /// <param name="first">An image.</param>
    /// <param name="second">Another one.</param>
    public void AddImages(SourceLocation location, string from, string first, string second) => Add((from, Kind(first), Kind(second)), location, first, second);

    /// <summary>Counts an image with the labels of two files.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">A file.</param>
    /// <param name="second">Another one.</param>
    /// <param name="areOfMany">Whether they are about many images, so that each is a cause by itself.</param>
    public void AddFiles(string image, string first, string second, bool areOfMany)
        => Add(areOfMany ? ("", first, second) : ("", Kind(first), Kind(second)), new SourceLocation(image), first, second);

    /// <summary>Counts an image with two entries in one file.</summary>
    /// <param name="location">The place of the second.</param>
    /// <param name="file">The file.</param>
    /// <param name="image">The image.</param>
    public void AddEntries(SourceLocation location, string file, string image) => Add((file, file, file), location, image, image);

    private static string Kind(string path) => $"{StoredFolder.Of(path)}/*{Path.GetExtension(path)}";

    private void Add((string, string, string) cause, SourceLocation location, string first, string second)
        => _found[cause] = _found.TryGetValue(cause, out var known) ? known with { Count = known.Count + 1 } : (location, first, second, 1);
}

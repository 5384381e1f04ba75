using NanoDet.Data.Labels;

namespace NanoDet.Data.Pairing;

/// <summary>Images that have labels of two forms.</summary>
/// <param name="first">One form.</param>
/// <param name="second">The other form.</param>
internal sealed class FormOverlap(LabelFormat first, LabelFormat second)
{
    private readonly SortedSet<string> _firstFiles = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _secondFiles = new(StringComparer.Ordinal);

    /// <summary>One form, and its files.</summary>
    public (LabelFormat Form, IReadOnlyCollection<string> Files) First => (first, _firstFiles);

    /// <summary>The other form, and its files.</summary>
    public (LabelFormat Form, IReadOnlyCollection<string> Files) Second => (second, _secondFiles);

    /// <summary>Number of images that have both.</summary>
    public int Images { get; private set; }

    /// <summary>Counts an image.</summary>
    /// <param name="firstFile">Its labels of the one form.</param>
    /// <param name="secondFile">Its labels of the other form.</param>
    public void Add(string firstFile, string secondFile)
    {
        Images++;
        _firstFiles.Add(firstFile);
        _secondFiles.Add(secondFile);
    }
}

using System.Globalization;

namespace NanoDet.Data.Discovery;

/// <summary>Counts what lies among the data and is none, and says it in one line for each kind.</summary>
internal sealed class PassedOver
{
    private readonly SortedDictionary<string, (int Count, string Example)> _kinds = new(StringComparer.Ordinal);

    private readonly SortedSet<string> _others = new(StringComparer.Ordinal);

    /// <summary>The lines, for people.</summary>
    public IEnumerable<string> Lines => _others.Concat(_kinds.Select(kind => string.Create(
        CultureInfo.InvariantCulture, $"{kind.Value.Count} {(kind.Value.Count == 1 ? "file is" : "files are")} passed over: {kind.Key}, such as '{kind.Value.Example}'")));

    /// <summary>Says something else that is passed over.</summary>
    /// <param name="line">A sentence for people, without its full stop.</param>
    public void Say(string line) => _others.Add(line);

    /// <summary>Counts a file.</summary>
    /// <param name="kind">Why it is passed over, in words.</param>
    /// <param name="file">The file.</param>
    public void Add(string kind, string file)
    {
        var known = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (known.Count + 1, known.Example is { } example && string.CompareOrdinal(example, file) < 0 ? example : file);
    }
}

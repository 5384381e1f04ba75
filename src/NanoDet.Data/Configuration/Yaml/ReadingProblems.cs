using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Configuration.Yaml;

/// <summary>What is wrong with a file, and where its keys stand.</summary>
internal sealed class ReadingProblems
{
    // A file of garbage would otherwise drown the log.
    private const int Most = 50;

    private readonly List<Diagnostic> _found = [];

    /// <summary>What was found, in the order of the file.</summary>
    public IEnumerable<Diagnostic> Found
        => _found.OrderBy(diagnostic => diagnostic.Location?.Line).ThenBy(diagnostic => diagnostic.Location?.Column);

    /// <summary>Place of each key by its dotted path.</summary>
    public Dictionary<string, SourceLocation> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is wrong.</summary>
    public bool None => _found.Count == 0;

    /// <summary>Adds a problem; what comes after the fiftieth is left out.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (_found.Count < Most)
        {
            _found.Add(diagnostic);
        }
    }
}

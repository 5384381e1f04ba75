using NanoDet.Core.Diagnostics;

namespace NanoDet.Data.Configuration.Yaml;

/// <summary>The problems of a file, and the places of its keys.</summary>
internal sealed class ReadingProblems
{
    // Otherwise a file of garbage would fill the log.
    private const int Most = 50;

    private readonly List<Diagnostic> _found = [];

    /// <summary>The problems, in the order of the file.</summary>
    public IEnumerable<Diagnostic> Found
        => _found.OrderBy(diagnostic => diagnostic.Location?.Line).ThenBy(diagnostic => diagnostic.Location?.Column);

    /// <summary>Place of each key by its dotted path.</summary>
    public Dictionary<string, SourceLocation> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there are no problems.</summary>
    public bool None => _found.Count == 0;

    /// <summary>Adds a problem, unless it is known: an alias is read wherever it is used. Those after the fiftieth are left out.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (_found.Count < Most && !_found.Contains(diagnostic))
        {
            _found.Add(diagnostic);
        }
    }
}

using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration.Yaml;

/// <summary>
/// Reads the keys of one mapping by name and type. An absent key has a default; an empty value is none, because the original reads it
/// as None, and not as its default. Problems are collected and a default value is returned, so that one
/// reading reports all problems of a file. Keys that were not read are unknown (<see cref="Close"/>).
/// </summary>
internal sealed partial class MappingReader
{
    private readonly YamlMapping _node;
    private readonly string _path;
    private readonly ReadingProblems _problems;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly bool _absent;

    /// <summary>Opens a mapping.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="path">Its dotted path; empty for the root.</param>
    /// <param name="problems">Takes the problems, and the place of every key.</param>
    public MappingReader(YamlMapping node, string path, ReadingProblems problems)
        : this(node, path, problems, absent: false)
    {
    }

    private MappingReader(YamlMapping node, string path, ReadingProblems problems, bool absent)
    {
        (_node, _path, _problems, _absent) = (node, path, problems, absent);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Entries)
        {
            if (_values.TryAdd(key.Text, value))
            {
                lines.Add(key.Text, key.Location.Line);
                problems.Places[Dotted(key.Text)] = key.Location;
            }
            else
            {
                problems.Add(ConfigurationDiagnostics.DuplicateKey(key.Location, Dotted(key.Text), lines[key.Text]));
            }
        }
    }

    /// <summary>The keys of the mapping, in the order of the file.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>Whether a key exists, whatever its value is.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Whether a key exists and has a value; for keys whose default in the original is what it reads an empty value as, None.</summary>
    public bool IsGiven(string key) => Find(key) is not (null or YamlScalar { IsNull: true });

    /// <summary>A mapping under a required key.</summary>
    public MappingReader Section(string key)
    {
        switch (Find(key))
        {
            case YamlMapping mapping:
                return new(mapping, Dotted(key), _problems);
            case null:
                Missing(key);
                break;
            case var other:
                Wrong(key, "a mapping of keys", other);
                break;
        }

        return new(new(_node.Location, []), Dotted(key), _problems, absent: true);
    }

    /// <summary>A mapping under a key that may be absent.</summary>
    public MappingReader? OptionalSection(string key) => Has(key) ? Section(key) : null;

    /// <summary>Reports the keys that were not read.</summary>
    public void Close()
    {
        foreach (var (key, _) in _node.Entries.Where(entry => !_known.Contains(entry.Key.Text)))
        {
            var section = _path.Length == 0 ? "the file" : _path;
            _problems.Add(ConfigurationDiagnostics.UnknownKey(key.Location, key.Text, section, _known));
        }
    }

    private string Dotted(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private YamlNode? Find(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return _values.GetValueOrDefault(key);
    }

    private void Missing(string key)
    {
        // A missing section was already reported.
        if (!_absent)
        {
            _problems.Add(ConfigurationDiagnostics.MissingKey(_node.Location, Dotted(key)));
        }
    }

    private void Wrong(string key, string expected, YamlNode found)
        => _problems.Add(ConfigurationDiagnostics.WrongValue(found.Location, Dotted(key), expected, found.Describe()));
}

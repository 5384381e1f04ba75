using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Build.Items;

/// <summary>The properties and items that mean something: those that our own MSBuild files read.</summary>
internal sealed class OwnNames
{
    private readonly HashSet<string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _items = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the files.</summary>
    public OwnNames(IEnumerable<string> files)
    {
        foreach (var text in files.Select(File.ReadAllText))
        {
            AddReferences(text, "$(", _properties);
            AddReferences(text, "@(", _items);
        }
    }

    /// <summary>NDB3071 where a name means nothing; null where it means something.</summary>
    public Diagnostic? Judge(ProjectName name)
    {
        var known = name.IsItem ? _items : _properties;
        if (known.Contains(name.Text))
        {
            return null;
        }

        // Without what all of them begin with, which would make every one of them similar.
        var meant = Suggestion.For(name.Text[ProjectName.Prefix.Length..], known.Select(own => own[ProjectName.Prefix.Length..]).Order(StringComparer.Ordinal));
        return ProjectDiagnostics.UnknownName(name.IsItem ? "item" : "property", name.Text, meant is null ? null : ProjectName.Prefix + meant, name.Location);
    }

    // Every build does this, and the first use of a regular expression costs it more than the rest of the check.
    private static void AddReferences(string text, string opening, HashSet<string> names)
    {
        var start = opening + ProjectName.Prefix;
        for (var at = text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(start, at + 1, StringComparison.Ordinal))
        {
            var (begin, end) = (at + opening.Length, at + start.Length);
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            names.Add(text[begin..end]);
        }
    }
}

using System.Text.RegularExpressions;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Build.Items;

/// <summary>The properties and items that mean something: those that our own MSBuild files read.</summary>
internal sealed partial class OwnNames
{
    private readonly HashSet<string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _items = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the files.</summary>
    public OwnNames(IEnumerable<string> files)
    {
        foreach (var text in files.Select(File.ReadAllText))
        {
            _properties.UnionWith(Property().Matches(text).Select(match => match.Groups[1].Value));
            _items.UnionWith(Item().Matches(text).Select(match => match.Groups[1].Value));
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

    [GeneratedRegex(@"\$\((NanoDet\w+)")]
    private static partial Regex Property();

    [GeneratedRegex(@"@\((NanoDet\w+)")]
    private static partial Regex Item();
}

using System.Collections.Immutable;
using Microsoft.Build.Framework;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Build.Items;

/// <summary>Reads <c>NanoDetClass</c> items.</summary>
internal static class ClassItems
{
    /// <summary>The other names in the metadata <c>Aliases</c>, separated by semicolons, with the class of each.</summary>
    /// <param name="items">The items.</param>
    /// <param name="project">The project, for the location.</param>
    /// <exception cref="NanoDetException">NDB1043, NDB1046 or NDB1048: a name is used twice, or cannot be one.</exception>
    public static ImmutableArray<(string Alias, string ClassName)> Aliases(IReadOnlyList<ITaskItem> items, string project)
    {
        ImmutableArray<(string Alias, string ClassName)> aliases =
        [
            .. items.SelectMany(item => item.GetMetadata("Aliases")
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(alias => (alias, item.ItemSpec))),
        ];
        if (!aliases.IsEmpty)
        {
            ClassList.FromNames(items.Select(item => item.ItemSpec), new(project)).WithAliases(aliases, new(project));
        }

        return aliases;
    }
}

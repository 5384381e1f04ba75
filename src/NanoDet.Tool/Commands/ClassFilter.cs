using NanoDet.Data.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary>Resolves the classes of <c>--class</c>.</summary>
internal static class ClassFilter
{
    /// <summary>Returns the labels of the requested classes; null for all classes.</summary>
    /// <param name="classes">The existing classes.</param>
    /// <param name="wanted">The requested names; null or empty for all.</param>
    /// <exception cref="UsageException">There is no such class.</exception>
    public static HashSet<int>? Labels(ClassList classes, string[]? wanted)
        => wanted is null or [] ? null : [.. wanted.Select(name => classes.IndexOf(name) is >= 0 and var label
            ? label
            : throw new UsageException($"there is no class '{name}'{(classes.Suggest(name) is { } near ? $"; did you mean '{near}'?" : "")}"))];
}

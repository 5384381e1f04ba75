using NanoDet.Data.Labels;
using NanoDet.Tool.Terminal;

namespace NanoDet.Tool.Commands;

/// <summary>What <c>--class</c> means.</summary>
internal static class ClassFilter
{
    /// <summary>The labels of the classes that were asked for; null where all count.</summary>
    /// <param name="classes">The classes that there are.</param>
    /// <param name="wanted">The names that were asked for; null or empty for all.</param>
    /// <exception cref="UsageException">There is no such class.</exception>
    public static HashSet<int>? Labels(ClassList classes, string[]? wanted)
        => wanted is null or [] ? null : [.. wanted.Select(name => classes.IndexOf(name) is >= 0 and var label
            ? label
            : throw new UsageException($"there is no class '{name}'{(classes.Suggest(name) is { } near ? $"; did you mean '{near}'?" : "")}"))];
}

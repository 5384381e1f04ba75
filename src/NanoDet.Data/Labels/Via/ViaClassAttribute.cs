using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Via;

/// <summary>
/// The attribute of a file's regions that is their class: the first of those with a name that people use for it, without case, or else
/// the only one. VIA's attributes are whatever somebody has typed, and each region may have several.
/// </summary>
internal static class ViaClassAttribute
{
    // These can be nothing else, whatever other attributes there are.
    private static readonly string[] Certain = ["class", "class_name", "classname"];

    // VIA proposes 'name' and 'type', so they come last.
    private static readonly string[] Usual = [.. Certain, "label", "labels", "category", "object", "object_name", "objects", "type", "name"];

    /// <summary>The attribute.</summary>
    /// <param name="regions">All regions of a file.</param>
    /// <returns>Its name, null if there are no regions with an area; and NDB1018 where others may have been meant, or its name says nothing.</returns>
    /// <exception cref="NanoDetException">NDB1017: there is none, or several and none of them has a name for it.</exception>
    public static (string? Name, Diagnostic? Guess) Of(IEnumerable<ViaRegion> regions)
    {
        SourceLocation? first = null;
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var region in regions.Where(region => region.Box is not null))
        {
            first ??= region.Location;
            seen.UnionWith(region.Attributes.Select(attribute => attribute.Name));
        }

        if (first is not { } location)
        {
            return default;
        }

        var found = Usual.SelectMany(name => seen.Where(known => Is(known, name))).FirstOrDefault()
            ?? (seen.Count == 1 ? seen.Min! : throw new NanoDetException(LabelDiagnostics.ClassAttributeUnknown(location, seen)));
        var isSure = (seen.Count == 1 ? Usual : Certain).Any(name => Is(found, name));
        return (found, isSure ? null : Guess(location, found, seen.Where(name => name != found)));
    }

    private static Diagnostic Guess(SourceLocation location, string attribute, IEnumerable<string> others)
    {
        var rest = string.Join(", ", others.Select(name => $"'{DiagnosticText.Shorten(name)}'"));
        return LabelDiagnostics.MeaningGuessed(
            location,
            $"The attribute '{DiagnosticText.Shorten(attribute)}' of the regions is taken for their class{(rest.Length > 0 ? $", and not {rest}" : "")}",
            "In VIA, rename the attribute with the class to 'class', and nothing is guessed");
    }

    private static bool Is(string attribute, string name) => attribute.Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
}

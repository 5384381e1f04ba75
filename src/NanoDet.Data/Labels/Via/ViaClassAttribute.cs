using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Via;

/// <summary>
/// The attribute of a file's regions that is their class: the first of those with a name that people use for it, without case, or else
/// the only one. VIA's attributes are whatever somebody has typed, and each region may have several.
/// </summary>
internal static class ViaClassAttribute
{
    // VIA proposes 'name' and 'type', so they come last.
    private static readonly string[] Usual = ["class", "class_name", "classname", "label", "labels", "category", "object", "object_name", "objects", "type", "name"];

    /// <summary>The attribute.</summary>
    /// <param name="regions">All regions of a file.</param>
    /// <returns>Null if there are no regions with an area.</returns>
    /// <exception cref="NanoDetException">NDB1017: there is none, or several and none of them has a name for it.</exception>
    public static string? Of(IEnumerable<ViaRegion> regions)
    {
        SourceLocation? first = null;
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var region in regions.Where(region => region.Box is not null))
        {
            first ??= region.Location;
            seen.UnionWith(region.Attributes.Select(attribute => attribute.Name));
        }

        return first is not { } location ? null
            : Usual.SelectMany(name => seen.Where(known => known.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault()
            ?? (seen.Count == 1 ? seen.Min : throw new NanoDetException(LabelDiagnostics.ClassAttributeUnknown(location, seen)));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Pipeline.Planning;

/// <summary>Why a stage runs again, in words: what changed between the fingerprint of its last run and the present one.</summary>
internal static class StageReasons
{
    private const int MostLines = 20;

    /// <summary>One line a change, the settings first; the last line counts what is left out.</summary>
    public static ImmutableArray<string> Of(Fingerprint before, Fingerprint now)
    {
        var changes = now.ChangesSince(before).ToList();
        var lines = Settings(changes).Concat(Images(changes)).ToList();
        return lines.Count <= MostLines ? [.. lines]
            : [.. lines.Take(MostLines - 1), string.Create(CultureInfo.InvariantCulture, $"{lines.Count - MostLines + 1} more changes")];
    }

    private static IEnumerable<string> Settings(List<FingerprintChange> changes) => changes
        .Where(change => ImageInput.PathOf(change.Name) is null)
        .Select(change => change switch
        {
            { Before: null } => $"{change.Name} is now {Quote(change.After!)}",
            { After: null } => $"{change.Name} is no longer set",
            _ => $"{change.Name} changed from {Quote(change.Before)} to {Quote(change.After)}",
        });

    private static IEnumerable<string> Images(List<FingerprintChange> changes)
    {
        var images = changes.Where(change => ImageInput.PathOf(change.Name) is not null).ToList();
        var removed = images.Where(change => change.After is null)
            .GroupBy(change => ImageInput.PictureOf(change.Before!))
            .ToDictionary(group => group.Key, group => new Queue<string>(group.Select(change => ImageInput.PathOf(change.Name)!)));
        foreach (var change in images.Where(change => change.After is not null))
        {
            var path = ImageInput.PathOf(change.Name);
            if (change.Before is null)
            {
                yield return removed.TryGetValue(ImageInput.PictureOf(change.After!), out var earlier) && earlier.TryDequeue(out var name)
                    ? $"{name} was renamed to {path}"
                    : $"{path} was added";
                continue;
            }

            if (ImageInput.PictureOf(change.Before) != ImageInput.PictureOf(change.After!))
            {
                yield return $"the picture {path} changed";
            }

            var before = ImageInput.FacetsOf(change.Before);
            var after = ImageInput.FacetsOf(change.After!);
            foreach (var facet in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
            {
                if (before.GetValueOrDefault(facet) != after.GetValueOrDefault(facet))
                {
                    yield return $"the {facet} of {path} changed";
                }
            }
        }

        foreach (var path in removed.Values.SelectMany(paths => paths).Order(StringComparer.Ordinal))
        {
            yield return $"{path} was removed";
        }
    }

    private static string Quote(string value) => $"'{(value.Length > 60 ? value[..60] + "…" : value)}'";
}

using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Planning;

/// <summary>Why a stage runs again, in words: what changed between the fingerprint of its last run and the present one.</summary>
internal static class StageReasons
{
    private const int MostLines = 20;

    /// <summary>One line a change, the settings first; the last line counts what is left out.</summary>
    public static ImmutableArray<string> Of(Fingerprint before, Fingerprint now)
    {
        var lines = SettingChanges.Of([.. now.ChangesSince(before)]).Select(Setting).Concat(Images([.. now.ImageChangesSince(before)])).ToList();
        return lines.Count <= MostLines ? [.. lines]
            : [.. lines.Take(MostLines - 1), string.Create(CultureInfo.InvariantCulture, $"{lines.Count - MostLines + 1} more changes")];
    }

    private static string Setting(FingerprintChange change) => change switch
    {
        // Its hash says nothing to people, and the reasons of the stages before name the images.
        { Name: TrainingSettings.Data, Before: { } before, After: { } after } => (TrainingSettings.SizeOf(before), TrainingSettings.SizeOf(after)) is var (was, now) && was == now
            ? $"{change.Name} changed ({now})"
            : $"{change.Name} changed from {was} to {now}",
        { After: null } => $"{change.Name} is no longer set",
        { Before: null } => $"{change.Name} is now {Quote(change.After)}",
        _ => $"{change.Name} changed from {Quote(change.Before)} to {Quote(change.After)}",
    };

    private static IEnumerable<string> Images(ImmutableArray<(ImageEntry? Before, ImageEntry? Now)> changes)
    {
        var removed = changes.Where(change => change.Now is null)
            .GroupBy(change => change.Before!.Value.Picture)
            .ToDictionary(group => group.Key, group => new Queue<string>(group.Select(change => change.Before!.Value.Path)));
        foreach (var (before, now) in changes)
        {
            if (now is not { } image)
            {
                continue;
            }

            if (before is not { } earlier)
            {
                yield return removed.TryGetValue(image.Picture, out var paths) && paths.TryDequeue(out var name)
                    ? $"{name} was renamed to {image.Path}"
                    : $"{image.Path} was added";
                continue;
            }

            if (earlier.Picture != image.Picture)
            {
                yield return $"the image {image.Path} changed";
            }

            foreach (var (facet, _) in image.Facets.Except(earlier.Facets))
            {
                yield return $"the {facet} of {image.Path} changed";
            }
        }

        foreach (var path in removed.Values.SelectMany(paths => paths).Order(StringComparer.Ordinal))
        {
            yield return $"{path} was removed";
        }
    }

    private static string Quote(string value) => $"'{(value.Length > 60 ? value[..60] + "…" : value)}'";
}

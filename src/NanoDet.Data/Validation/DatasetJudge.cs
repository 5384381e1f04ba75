using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Labels;

namespace NanoDet.Data.Validation;

/// <summary>Finds problems that only the whole data set shows.</summary>
public static class DatasetJudge
{
    /// <summary>Warns about classes with too few objects; ignored objects do not count.</summary>
    /// <param name="images">The judged images.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="policy">The least number of objects.</param>
    /// <param name="labels">The labels of the images: where nobody lists the classes, the first object of a class is the place to look at.</param>
    public static IEnumerable<Diagnostic> FindRareClasses(IEnumerable<DatasetImage> images, ClassList classes, ValidationPolicy policy, IReadOnlyList<LabeledImage?> labels)
    {
        var (counts, ignored) = (new int[classes.Names.Length], new int[classes.Names.Length]);
        foreach (var image in images)
        {
            foreach (ref readonly var judged in image.Objects.AsSpan())
            {
                (judged.Ignored ? ignored : counts)[judged.Label]++;
            }
        }

        return classes.Names
            .Select((name, label) => (name, Count: counts[label], Ignored: ignored[label]))
            .Where(entry => entry.Count < policy.RareClassMinimum)
            .Select(entry => LabelDiagnostics.RareClass(classes.Location ?? First(entry.name, labels), entry.name, entry.Count, entry.Ignored, policy.RareClassMinimum));
    }

    private static SourceLocation? First(string className, IReadOnlyList<LabeledImage?> labels)
        => labels.OfType<LabeledImage>().SelectMany(image => image.Objects, (image, labeled) => (labeled.ClassName, Location: labeled.Location ?? image.Location))
            .FirstOrDefault(entry => entry.ClassName == className).Location;

    /// <summary>
    /// Finds names in a list of classes that are probably misspelt there: no object has them, and objects have a name like them that the list
    /// does not have.
    /// </summary>
    /// <param name="classes">The classes.</param>
    /// <param name="labels">The labels of the images.</param>
    /// <returns>NDB1064, at the list.</returns>
    public static IEnumerable<Diagnostic> FindMisnamed(ClassList classes, IReadOnlyList<LabeledImage?> labels)
    {
        if (classes.Location is not { } list)
        {
            return [];
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var image in labels)
        {
            foreach (ref readonly var labeled in (image?.Objects ?? []).AsSpan())
            {
                counts[labeled.ClassName] = counts.GetValueOrDefault(labeled.ClassName) + 1;
            }
        }

        return counts.Where(entry => classes.IndexOf(entry.Key) < 0).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (Name: entry.Key, Count: entry.Value, Listed: classes.Suggest(entry.Key)))
            .Where(entry => entry.Listed is { } listed && !counts.Keys.Any(name => classes.IndexOf(name) == classes.IndexOf(listed)))
            .Select(entry => LabelDiagnostics.LineWithoutClass(list, string.Create(
                CultureInfo.InvariantCulture, $"The list has '{DiagnosticText.Shorten(entry.Listed!)}', of which there is no object, but not '{DiagnosticText.Shorten(entry.Name)}', of which there {(entry.Count == 1 ? "is 1" : $"are {entry.Count}")}: the name in the list is probably wrong. Write '{DiagnosticText.Shorten(entry.Name)}' there")));
    }

    /// <summary>Finds images that are identical byte for byte: tells of each after the first, by path.</summary>
    /// <param name="images">The judged images.</param>
    /// <param name="classes">The classes.</param>
    /// <returns>NDB1050, or NDB1051 where the labels of the two contradict each other.</returns>
    public static IEnumerable<Diagnostic> FindDuplicates(IReadOnlyCollection<DatasetImage> images, ClassList classes)
    {
        // Hardly any is one, so only those are grouped.
        var seen = new HashSet<string>(images.Count, StringComparer.Ordinal);
        var repeated = images.Where(image => !seen.Add(image.ContentHash)).Select(image => image.ContentHash).ToHashSet(StringComparer.Ordinal);
        return repeated.Count == 0 ? [] : images
            .Where(image => repeated.Contains(image.ContentHash))
            .GroupBy(image => image.ContentHash)
            .Select(group => group.OrderBy(image => image.Path, StringComparer.Ordinal).ToArray())
            .OrderBy(copies => copies[0].Path, StringComparer.Ordinal)
            .SelectMany(copies => copies.Skip(1).Select(copy => Contradiction.Between(copy, copies[0], classes) is { } difference
                ? LabelDiagnostics.ContradictingLabels(new(copy.Path), copies[0].Path, difference)
                : LabelDiagnostics.DuplicateImage(new(copy.Path), copies[0].Path)));
    }
}

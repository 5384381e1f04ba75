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
        var counts = new int[classes.Names.Length];
        foreach (var image in images)
        {
            foreach (ref readonly var judged in image.Objects.AsSpan())
            {
                counts[judged.Label] += judged.Ignored ? 0 : 1;
            }
        }

        return classes.Names
            .Select((name, label) => (name, Count: counts[label]))
            .Where(entry => entry.Count < policy.RareClassMinimum)
            .Select(entry => LabelDiagnostics.RareClass(classes.Location ?? First(entry.name, labels), entry.name, entry.Count, policy.RareClassMinimum));
    }

    private static SourceLocation? First(string className, IReadOnlyList<LabeledImage?> labels)
        => labels.OfType<LabeledImage>().SelectMany(image => image.Objects, (image, labeled) => (labeled.ClassName, Location: labeled.Location ?? image.Location))
            .FirstOrDefault(entry => entry.ClassName == className).Location;

    /// <summary>Warns about images that are identical byte for byte: about each after the first, by path.</summary>
    /// <param name="images">Path of each file as the user would write it, and SHA-256 of its content.</param>
    public static IEnumerable<Diagnostic> FindDuplicates(IReadOnlyCollection<(string File, string ContentHash)> images)
    {
        // Hardly any is one, so only those are grouped.
        var seen = new HashSet<string>(images.Count, StringComparer.Ordinal);
        var repeated = images.Where(image => !seen.Add(image.ContentHash)).Select(image => image.ContentHash).ToHashSet(StringComparer.Ordinal);
        return repeated.Count == 0 ? [] : images
            .Where(image => repeated.Contains(image.ContentHash))
            .GroupBy(image => image.ContentHash)
            .Select(group => group.Select(image => image.File).Order(StringComparer.Ordinal).ToArray())
            .OrderBy(files => files[0], StringComparer.Ordinal)
            .SelectMany(files => files.Skip(1).Select(file => LabelDiagnostics.DuplicateImage(new(file), files[0])));
    }
}

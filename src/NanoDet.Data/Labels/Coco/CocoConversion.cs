using System.Collections.Immutable;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Converts labels to a COCO document, and back.</summary>
public static class CocoConversion
{
    /// <summary>
    /// Numbers labels from 1: images by file name and categories by name (both ordinal), annotations in the order of the images
    /// and of the objects in them. The same labels give the same document, whatever order they come in.
    /// </summary>
    /// <param name="images">The labels.</param>
    /// <param name="classes">The classes in the order of the category ids; null for the names in the labels, sorted.</param>
    /// <exception cref="ArgumentException">A label has a class that <paramref name="classes"/> lacks.</exception>
    public static CocoDocument FromLabels(IEnumerable<LabeledImage> images, ImmutableArray<string>? classes = null)
    {
        var sorted = images.OrderBy(image => image.FileName, StringComparer.Ordinal).ToArray();
        var names = classes ?? [.. sorted.SelectMany(image => image.Objects).Select(labeled => labeled.ClassName).Distinct().Order(StringComparer.Ordinal)];
        var ids = names.Select((name, index) => (name, Id: index + 1L)).ToDictionary(entry => entry.name, entry => entry.Id, StringComparer.Ordinal);
        var annotations = ImmutableArray.CreateBuilder<CocoAnnotation>(sorted.Sum(image => image.Objects.Length));
        for (var i = 0; i < sorted.Length; i++)
        {
            foreach (var labeled in sorted[i].Objects)
            {
                if (!ids.TryGetValue(labeled.ClassName, out var category))
                {
                    throw new ArgumentException($"the class '{labeled.ClassName}' is not among the given ones", nameof(classes));
                }

                annotations.Add(new(annotations.Count + 1, i + 1, category, labeled.Box.Left, labeled.Box.Top, labeled.Box.Width, labeled.Box.Height)
                {
                    Area = labeled.Area,
                    Crowd = labeled.Crowd,
                    Ignore = labeled.Difficult,
                });
            }
        }

        return new(
            [.. sorted.Select((image, i) => new CocoImage(i + 1, image.FileName) { Width = image.Width, Height = image.Height })],
            annotations.DrainToImmutable(),
            [.. names.Select((name, i) => new CocoCategory(i + 1, name))]);
    }

    /// <summary>Returns the labels of each image of a document, in its order.</summary>
    public static ImmutableArray<LabeledImage> ToLabels(CocoDocument document)
    {
        var names = document.Categories.ToDictionary(category => category.Id, category => category.Name);
        var byImage = document.Annotations.ToLookup(annotation => annotation.ImageId);
        var ids = document.Images.Select(image => image.Id).ToHashSet();
        var problems = document.Problems.ToLookup(entry => ids.Contains(entry.ImageId) ? entry.ImageId : document.Images.FirstOrDefault()?.Id, entry => entry.Problem);
        return [.. document.Images.Select(image => new LabeledImage(image.FileName, [.. byImage[image.Id].Select(annotation => ToObject(annotation, names))])
        {
            Width = image.Width,
            Height = image.Height,
            Location = image.Location,
            Problems = [.. problems[image.Id]],
        })];
    }

    /// <summary>The labels and classes of a document; the classes by their ids, and those whose ids are texts in the order of the file.</summary>
    internal static LabelFileContent ToContent(CocoDocument document) => new(LabelFormat.Coco, ToLabels(document))
    {
        Classes = [.. document.Categories.OrderBy(category => CocoId.Show(category.Id) is null ? long.MaxValue : category.Id).Select(category => category.Name)],
    };

    private static LabeledObject ToObject(CocoAnnotation annotation, Dictionary<long, string> names)
        => new(
            names[annotation.CategoryId],
            new(annotation.X, annotation.Y, annotation.X + annotation.Width, annotation.Y + annotation.Height))
        {
            Area = annotation.Area,
            Crowd = annotation.Crowd,
            Difficult = annotation.Ignore,
            Location = annotation.Location,
        };
}

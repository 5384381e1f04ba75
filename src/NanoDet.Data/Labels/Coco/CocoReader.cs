using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Reads COCO JSON of the detection task (<c>images</c>, <c>annotations</c>, <c>categories</c>, in any order).</summary>
public static class CocoReader
{
    // instances_train2017.json has 470 MB.
    internal const long MaxLength = 1 << 30;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003, NDB1005 to NDB1008, NDB1046.</exception>
    public static CocoDocument Read(string path) => Read(LabelFile.Read(path, MaxLength), path);

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005 to NDB1008, NDB1046.</exception>
    public static CocoDocument Read(ReadOnlySpan<byte> content, string path)
    {
        var document = WithImages(JsonCursor.Read(content, path, ReadDocument));
        CheckReferences(document, path);
        return document with { Categories = Classes(document) };
    }

    private static CocoDocument ReadDocument(ref JsonCursor cursor)
    {
        ImmutableArray<CocoImage>? images = null;
        CocoAnnotationReader? annotations = null;
        ImmutableArray<CocoCategory>? categories = null;
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("images"u8))
            {
                images = ReadAll(ref cursor, "'images'", CocoEntries.ReadImage);
            }
            else if (cursor.NameIs("annotations"u8))
            {
                annotations = new CocoAnnotationReader();
                annotations.ReadAll(ref cursor);
            }
            else if (cursor.NameIs("categories"u8))
            {
                categories = ReadAll(ref cursor, "'categories'", CocoEntries.ReadCategory);
            }
            else
            {
                cursor.Skip();
            }
        }

        return new(
            images ?? throw cursor.Malformed("there is no 'images'"),
            annotations?.Annotations ?? throw cursor.Malformed("there is no 'annotations'"),
            categories ?? throw cursor.Malformed("there is no 'categories'"))
        {
            Problems = annotations.Problems,
        };
    }

    private static ImmutableArray<T> ReadAll<T>(ref JsonCursor cursor, string what, JsonReading<T> reading)
    {
        var entries = ImmutableArray.CreateBuilder<T>();
        cursor.EnterArray(what);
        while (cursor.NextElement())
        {
            entries.Add(reading(ref cursor));
        }

        return entries.DrainToImmutable();
    }

    /// <summary>
    /// The categories without those that only group others, which some tools write as the first: no object has them, and they are the
    /// supercategory of another.
    /// </summary>
    private static ImmutableArray<CocoCategory> Classes(CocoDocument document)
    {
        var used = document.Annotations.Select(annotation => annotation.CategoryId).ToHashSet();
        var children = document.Categories.Where(category => category.Supercategory is not null).CountBy(category => category.Supercategory!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return used.Count == 0 ? document.Categories : document.Categories.RemoveAll(category
            => !used.Contains(category.Id) && children.GetValueOrDefault(category.Name) > (category.Supercategory == category.Name ? 1 : 0));
    }

    /// <summary>
    /// Without the annotations of images that are not listed, which were taken out of <c>images</c> alone. Where none would be left, the ids
    /// are those of another file, and the reader says so.
    /// </summary>
    private static CocoDocument WithImages(CocoDocument document)
    {
        var images = document.Images.Select(image => image.Id).ToHashSet();
        var lost = default(ProblemCount);
        long first = 0;
        foreach (var annotation in document.Annotations)
        {
            if (!images.Contains(annotation.ImageId))
            {
                first = lost.Count == 0 ? annotation.ImageId : first;
                lost.Add(annotation.Location!.Value);
            }
        }

        return lost.Count == 0 || lost.Count == document.Annotations.Length ? document : document with
        {
            Annotations = document.Annotations.RemoveAll(annotation => !images.Contains(annotation.ImageId)),
            Problems = document.Problems.Add((first, LabelDiagnostics.ImagesOfAnnotationsMissing(lost.First, lost.Count))),
        };
    }

    private static void CheckReferences(CocoDocument document, string path)
    {
        var images = new HashSet<long>(document.Images.Length);
        foreach (var image in document.Images)
        {
            if (!images.Add(image.Id))
            {
                throw new NanoDetException(LabelDiagnostics.RepeatedId(image.Location ?? new(path), "images", CocoId.Show(image.Id)));
            }
        }

        var categories = new HashSet<long>();
        foreach (var category in document.Categories)
        {
            if (!categories.Add(category.Id))
            {
                throw new NanoDetException(LabelDiagnostics.RepeatedId(new(path), "categories", CocoId.Show(category.Id)));
            }
        }

        foreach (var annotation in document.Annotations)
        {
            if (!images.Contains(annotation.ImageId) || !categories.Contains(annotation.CategoryId))
            {
                var (what, id) = images.Contains(annotation.ImageId) ? ("category", annotation.CategoryId) : ("image", annotation.ImageId);
                throw new NanoDetException(LabelDiagnostics.DanglingReference(annotation.Location ?? new(path), what, CocoId.Show(id)));
            }
        }
    }
}

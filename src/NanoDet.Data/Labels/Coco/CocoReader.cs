using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;

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
        var document = JsonCursor.Read(content, path, ReadDocument);
        return document with { Categories = Classes(document) };
    }

    private static CocoDocument ReadDocument(ref JsonCursor cursor)
    {
        ImmutableArray<CocoImage>? images = null;
        CocoAnnotationReader? annotations = null;
        ImmutableArray<CocoCategory>? categories = null;
        var references = new CocoReferences(cursor.Errors);
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("images"u8))
            {
                (images, references.HasAllImages) = ReadAll(ref cursor, "'images'", CocoEntries.ReadImage);
            }
            else if (cursor.NameIs("annotations"u8))
            {
                annotations = new CocoAnnotationReader();
                annotations.ReadAll(ref cursor);
            }
            else if (cursor.NameIs("categories"u8))
            {
                (categories, references.HasAllCategories) = ReadAll(ref cursor, "'categories'", CocoEntries.ReadCategory);
            }
            else
            {
                cursor.Skip();
            }
        }

        return references.Check(new(
            images ?? throw cursor.Malformed("there is no 'images'"),
            annotations?.Annotations ?? throw cursor.Malformed("there is no 'annotations'"),
            categories ?? throw cursor.Malformed("there is no 'categories'"))
        {
            Problems = annotations.Problems,
        });
    }

    /// <summary>Reads a list, and says whether each of its entries could be read.</summary>
    private static (ImmutableArray<T> Entries, bool IsComplete) ReadAll<T>(ref JsonCursor cursor, string what, JsonReading<T> reading)
    {
        var entries = ImmutableArray.CreateBuilder<T>();
        var count = 0;
        cursor.EnterArray(what);
        cursor.Elements((ref JsonCursor element) =>
        {
            count++;
            entries.Add(reading(ref element));
        });
        return (entries.ToImmutable(), entries.Count == count);
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
}

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
    /// <exception cref="DiagnosticException">NDB1001 to NDB1003, NDB1005 to NDB1008, NDB1046.</exception>
    public static CocoDocument Read(string path) => Read(LabelFile.Read(path, MaxLength), path);

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="DiagnosticException">NDB1001, NDB1005 to NDB1008, NDB1046.</exception>
    public static CocoDocument Read(ReadOnlySpan<byte> content, string path)
    {
        var document = JsonCursor.Read(content, path, ReadDocument);
        CheckReferences(document, path);
        return document;
    }

    private static CocoDocument ReadDocument(ref JsonCursor cursor)
    {
        ImmutableArray<CocoImage>? images = null;
        ImmutableArray<CocoAnnotation>? annotations = null;
        ImmutableArray<CocoCategory>? categories = null;
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("images"u8))
            {
                images = ReadAll(ref cursor, "'images'", ReadImage);
            }
            else if (cursor.NameIs("annotations"u8))
            {
                annotations = ReadAll(ref cursor, "'annotations'", ReadAnnotation);
            }
            else if (cursor.NameIs("categories"u8))
            {
                categories = ReadAll(ref cursor, "'categories'", ReadCategory);
            }
            else
            {
                cursor.Skip();
            }
        }

        return new(
            images ?? throw cursor.Malformed("there is no 'images'"),
            annotations ?? throw cursor.Malformed("there is no 'annotations'"),
            categories ?? throw cursor.Malformed("there is no 'categories'"));
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

    private static CocoImage ReadImage(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        long? id = null;
        string? fileName = null;
        int? width = null;
        int? height = null;
        cursor.EnterObject("an image");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                id = cursor.Integer("id");
            }
            else if (cursor.NameIs("file_name"u8))
            {
                fileName = cursor.Text("file_name")?.Replace('\\', '/');
            }
            else if (cursor.NameIs("width"u8))
            {
                width = cursor.Size("width");
            }
            else if (cursor.NameIs("height"u8))
            {
                height = cursor.Size("height");
            }
            else
            {
                cursor.Skip();
            }
        }

        return new(id ?? throw Incomplete(location, "id"), fileName ?? throw Incomplete(location, "file_name"))
        {
            Width = width,
            Height = height,
            Location = location,
        };
    }

    private static CocoCategory ReadCategory(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        long? id = null;
        string? name = null;
        cursor.EnterObject("a category");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                id = cursor.Integer("id");
            }
            else if (cursor.NameIs("name"u8))
            {
                name = cursor.Text("name");
            }
            else
            {
                cursor.Skip();
            }
        }

        ClassList.CheckName(name ?? throw Incomplete(location, "name"), location);
        return new(id ?? throw Incomplete(location, "id"), name);
    }

    private static CocoAnnotation ReadAnnotation(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        long? id = null;
        long? image = null;
        long? category = null;
        double? area = null;
        var crowd = false;
        var ignore = false;
        Span<double> box = stackalloc double[4];
        var sides = 0;
        cursor.EnterObject("an annotation");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                id = cursor.Integer("id");
            }
            else if (cursor.NameIs("image_id"u8))
            {
                image = cursor.Integer("image_id");
            }
            else if (cursor.NameIs("category_id"u8))
            {
                category = cursor.Integer("category_id");
            }
            else if (cursor.NameIs("bbox"u8))
            {
                sides = ReadBox(ref cursor, box);
            }
            else if (cursor.NameIs("area"u8))
            {
                area = cursor.Number("area");
            }
            else if (cursor.NameIs("iscrowd"u8))
            {
                crowd = cursor.Flag();
            }
            else if (cursor.NameIs("ignore"u8))
            {
                ignore = cursor.Flag();
            }
            else
            {
                cursor.Skip();
            }
        }

        return sides != 4
            ? throw Incomplete(location, "bbox")
            : new(
                id ?? throw Incomplete(location, "id"),
                image ?? throw Incomplete(location, "image_id"),
                category ?? throw Incomplete(location, "category_id"),
                box[0],
                box[1],
                box[2],
                box[3])
            {
                Area = area,
                Crowd = crowd,
                Ignore = ignore,
                Location = location,
            };
    }

    /// <summary>Reads up to four numbers of <c>bbox</c>.</summary>
    /// <returns>The number of numbers.</returns>
    internal static int ReadBox(ref JsonCursor cursor, scoped Span<double> box)
    {
        cursor.EnterArray("'bbox'");
        var count = 0;
        while (cursor.NextElement())
        {
            var value = cursor.Number("bbox");
            if (count == box.Length || value is null)
            {
                throw cursor.Malformed("'bbox' must have four numbers: x, y, width, height");
            }

            box[count++] = value.Value;
        }

        return count;
    }

    private static void CheckReferences(CocoDocument document, string path)
    {
        var images = new HashSet<long>(document.Images.Length);
        foreach (var image in document.Images)
        {
            if (!images.Add(image.Id))
            {
                throw new DiagnosticException(LabelDiagnostics.RepeatedId(image.Location ?? new(path), "images", image.Id));
            }
        }

        var categories = new HashSet<long>();
        foreach (var category in document.Categories)
        {
            if (!categories.Add(category.Id))
            {
                throw new DiagnosticException(LabelDiagnostics.RepeatedId(new(path), "categories", category.Id));
            }
        }

        foreach (var annotation in document.Annotations)
        {
            if (!images.Contains(annotation.ImageId) || !categories.Contains(annotation.CategoryId))
            {
                var (what, id) = images.Contains(annotation.ImageId) ? ("category", annotation.CategoryId) : ("image", annotation.ImageId);
                throw new DiagnosticException(LabelDiagnostics.DanglingReference(annotation.Location ?? new(path), what, id));
            }
        }
    }

    private static DiagnosticException Incomplete(SourceLocation location, string missing)
        => new(LabelDiagnostics.IncompleteObject(location, missing));
}

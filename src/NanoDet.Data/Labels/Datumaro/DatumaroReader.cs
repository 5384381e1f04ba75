using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Datumaro;

/// <summary>
/// Reads Datumaro JSON, also as CVAT writes it: the labels in order, and the items of one subset, after which the file is called.
/// See https://openvinotoolkit.github.io/datumaro/latest/docs/data-formats/datumaro_format.html.
/// </summary>
internal static class DatumaroReader
{
    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005 to NDB1007, NDB1046.</exception>
    public static LabelFileContent Read(ReadOnlySpan<byte> content, string path)
    {
        var (classes, items) = JsonCursor.Read(content, path, ReadDocument);
        var names = classes.ConvertAll(entry => entry.Name);
        var labels = new ImageLabels();
        foreach (var item in items)
        {
            foreach (var annotation in item.Objects)
            {
                annotation.AddTo(labels, names);
            }

            labels.EndImage(item.Name, item.Size, item.Location);
        }

        return labels.ToContent(LabelFormat.Datumaro, Classes(classes, items).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The labels without those that only group others, as with COCO's categories: no object has them, and they are the parent of another.</summary>
    private static IEnumerable<string> Classes(List<(string Name, string? Parent)> labels, List<DatumaroItem> items)
    {
        var used = items.SelectMany(item => item.Annotations).Where(annotation => annotation.Box is not null).Select(annotation => annotation.Label).ToHashSet();
        var parents = labels.Where(entry => entry.Parent != entry.Name).Select(entry => entry.Parent).ToHashSet(StringComparer.Ordinal);
        return labels.Index().Where(entry => entry.Item.Name.Length > 0 && (used.Count == 0 || used.Contains(entry.Index) || !parents.Contains(entry.Item.Name))).Select(entry => entry.Item.Name);
    }

    private static (List<(string Name, string? Parent)> Labels, List<DatumaroItem> Items) ReadDocument(ref JsonCursor cursor)
    {
        var labels = new List<(string, string?)>();
        List<DatumaroItem>? items = null;
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("categories"u8))
            {
                ReadCategories(ref cursor, labels);
            }
            else if (cursor.NameIs("items"u8))
            {
                items ??= [];
                cursor.EnterArray("'items'");
                cursor.Elements((ref JsonCursor item) => items.Add(DatumaroItem.Read(ref item)));
            }
            else
            {
                cursor.Skip();
            }
        }

        return (labels, items ?? throw cursor.Malformed("there is no 'items'"));
    }

    private static void ReadCategories(ref JsonCursor cursor, List<(string, string?)> labels)
    {
        cursor.EnterObject("'categories'");
        while (cursor.NextProperty())
        {
            if (!cursor.NameIs("label"u8))
            {
                cursor.Skip();
                continue;
            }

            cursor.EnterObject("'label'");
            while (cursor.NextProperty())
            {
                if (cursor.NameIs("labels"u8))
                {
                    ReadLabels(ref cursor, labels);
                }
                else
                {
                    cursor.Skip();
                }
            }
        }
    }

    private static void ReadLabels(ref JsonCursor cursor, List<(string, string?)> labels)
    {
        cursor.EnterArray("'labels'");
        while (cursor.NextElement())
        {
            var location = cursor.Location;
            string? name = null;
            string? parent = null;
            cursor.EnterObject("a label");
            while (cursor.NextProperty())
            {
                if (cursor.NameIs("name"u8))
                {
                    name = cursor.Text("name");
                }
                else if (cursor.NameIs("parent"u8))
                {
                    parent = cursor.TextIfAny();
                }
                else
                {
                    cursor.Skip();
                }
            }

            labels.Add((ClassName.Required(name ?? throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, "name")), location), parent is null ? null : ClassName.Plain(parent)));
        }
    }
}

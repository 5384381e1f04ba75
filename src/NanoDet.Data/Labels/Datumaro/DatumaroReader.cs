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
        var (names, items) = JsonCursor.Read(content, path, ReadDocument);
        var labels = new ImageLabels();
        foreach (var item in items)
        {
            foreach (var annotation in item.Annotations)
            {
                annotation.AddTo(labels, names);
            }

            labels.EndImage(item.Name, item.Size, item.Location);
        }

        return labels.ToContent(LabelFormat.Datumaro, names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal));
    }

    private static (List<string> Names, List<DatumaroItem> Items) ReadDocument(ref JsonCursor cursor)
    {
        var names = new List<string>();
        List<DatumaroItem>? items = null;
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("categories"u8))
            {
                ReadCategories(ref cursor, names);
            }
            else if (cursor.NameIs("items"u8))
            {
                items ??= [];
                cursor.EnterArray("'items'");
                while (cursor.NextElement())
                {
                    items.Add(DatumaroItem.Read(ref cursor));
                }
            }
            else
            {
                cursor.Skip();
            }
        }

        return (names, items ?? throw cursor.Malformed("there is no 'items'"));
    }

    private static void ReadCategories(ref JsonCursor cursor, List<string> names)
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
                    ReadLabels(ref cursor, names);
                }
                else
                {
                    cursor.Skip();
                }
            }
        }
    }

    private static void ReadLabels(ref JsonCursor cursor, List<string> names)
    {
        cursor.EnterArray("'labels'");
        while (cursor.NextElement())
        {
            var location = cursor.Location;
            string? name = null;
            cursor.EnterObject("a label");
            while (cursor.NextProperty())
            {
                if (cursor.NameIs("name"u8))
                {
                    name = cursor.Text("name");
                }
                else
                {
                    cursor.Skip();
                }
            }

            names.Add(ClassName.Checked(name ?? throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, "name")), location));
        }
    }
}

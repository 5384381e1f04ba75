using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.CreateMl;

/// <summary>
/// Reads Apple's CreateML JSON, also as Roboflow and labelImg write it: a list of images, and for each object its label and the
/// centre and size of its box in pixels. Apple calls the members <c>imagefilename</c> and <c>annotation</c>, others <c>image</c> and
/// <c>annotations</c>. See https://developer.apple.com/documentation/createml/mlobjectdetector/datasource.
/// </summary>
internal static class CreateMlReader
{
    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006, NDB1010, NDB1046.</exception>
    public static LabelFileContent Read(ReadOnlySpan<byte> content, string path) => JsonCursor.Read(content, path, ReadDocument);

    private static LabelFileContent ReadDocument(ref JsonCursor cursor)
    {
        var labels = new ImageLabels();
        cursor.EnterArray("the document");
        cursor.Elements((ref JsonCursor image) => ReadImage(ref image, labels));
        return labels.ToContent(LabelFormat.CreateMl);
    }

    private static void ReadImage(ref JsonCursor cursor, ImageLabels labels)
    {
        var location = cursor.Location;
        string? fileName = null;
        cursor.EnterObject("an image");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("image"u8) || cursor.NameIs("imagefilename"u8))
            {
                fileName = cursor.Text("image");
            }
            else if ((cursor.NameIs("annotations"u8) || cursor.NameIs("annotation"u8)) && cursor.TryEnterArray("'annotations'"))
            {
                cursor.Elements((ref JsonCursor annotation) => ReadObject(ref annotation, labels));
            }
            else
            {
                cursor.Skip();
            }
        }

        labels.EndImage(fileName ?? throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, "image")), default, location);
    }

    private static void ReadObject(ref JsonCursor cursor, ImageLabels labels)
    {
        var location = cursor.Location;
        string? label = null;
        BoundingBox? box = null;
        cursor.EnterObject("an annotation");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("label"u8))
            {
                label = cursor.Text("label");
            }
            else if (cursor.NameIs("coordinates"u8))
            {
                box = ReadBox(ref cursor);
            }
            else if (cursor.NameIs("bbox"u8) && ForeignForm.Of(JsonKind.Boxes, cursor.Location) is { } foreign)
            {
                throw new NanoDetException(foreign);
            }
            else
            {
                cursor.Skip();
            }
        }

        labels.Add(label is null ? [] : [label], box, location);
    }

    private static BoundingBox? ReadBox(ref JsonCursor cursor) => JsonRectangle.Read(ref cursor, "x", "y") is var (x, y, width, height)
        ? new(x - (width / 2), y - (height / 2), x - (width / 2) + width, y - (height / 2) + height)
        : null;
}

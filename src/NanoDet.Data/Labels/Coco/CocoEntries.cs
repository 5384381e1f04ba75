using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Reads the entries of <c>images</c> and <c>categories</c>.</summary>
internal static class CocoEntries
{
    /// <summary>Reads an image.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006.</exception>
    public static CocoImage ReadImage(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        long? id = null;
        string? fileName = null;
        string? address = null;
        int? width = null;
        int? height = null;
        cursor.EnterObject("an image");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                id = cursor.Id("id");
            }
            else if (cursor.NameIs("file_name"u8))
            {
                fileName = cursor.Text("file_name")?.Replace('\\', '/');
            }
            else if (cursor.NameIs("coco_url"u8))
            {
                address = cursor.TextIfAny();
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

        // LVIS has COCO's images by their addresses alone.
        fileName ??= address is null ? null : PictureAddress.PathOf(address);
        if (fileName is null)
        {
            cursor.Errors.Add(LabelDiagnostics.IncompleteObject(location, "file_name")); // Its id is known, so its annotations are no further errors.
        }

        return new(id ?? throw Incomplete(location, "id"), fileName ?? "")
        {
            Width = width,
            Height = height,
            Location = location,
        };
    }

    /// <summary>Reads a category.</summary>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006, NDB1046.</exception>
    public static CocoCategory ReadCategory(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        long? id = null;
        string? name = null;
        string? group = null;
        cursor.EnterObject("a category");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("id"u8))
            {
                id = cursor.Id("id");
            }
            else if (cursor.NameIs("name"u8))
            {
                name = cursor.Text("name");
            }
            else if (cursor.NameIs("supercategory"u8))
            {
                group = cursor.TextIfAny();
            }
            else
            {
                cursor.Skip();
            }
        }

        name = ClassName.Required(name ?? throw Incomplete(location, "name"), location);
        return new(id ?? throw Incomplete(location, "id"), name)
        {
            Supercategory = group is null ? null : ClassName.Plain(group),
            Location = location,
        };
    }

    /// <summary>Makes the diagnostic for a member that is missing.</summary>
    public static NanoDetException Incomplete(SourceLocation location, string missing)
        => new(LabelDiagnostics.IncompleteObject(location, missing));
}

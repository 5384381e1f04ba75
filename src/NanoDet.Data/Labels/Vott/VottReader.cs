using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Vott;

/// <summary>
/// Reads VoTT 2 JSON: the export of a project (<c>NAME-export.json</c>, with the tags in order and all assets) or the file of one asset
/// (<c>HASH-asset.json</c>). A region with several tags is an object for each of them, as in VoTT's other exports.
/// </summary>
internal static class VottReader
{
    /// <summary>The end of the names of files about one asset; a project's export has what is in them.</summary>
    public const string AssetFile = "-asset.json";

    private const int NotVisited = 0;

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006, NDB1046.</exception>
    public static LabelFileContent Read(ReadOnlySpan<byte> content, string path) => JsonCursor.Read(content, path, ReadDocument);

    private static LabelFileContent ReadDocument(ref JsonCursor cursor)
    {
        var labels = new ImageLabels();
        var tags = new List<string>();
        var image = new VottAsset(cursor.Location);
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("tags"u8))
            {
                ReadTags(ref cursor, tags);
            }
            else if (cursor.NameIs("assets"u8))
            {
                cursor.EnterObject("'assets'");
                while (cursor.NextProperty())
                {
                    ReadAsset(ref cursor, labels);
                }
            }
            else
            {
                ReadMember(ref cursor, labels, image);
            }
        }

        End(labels, image);
        return labels.ToContent(LabelFormat.Vott, tags.Distinct(StringComparer.Ordinal));
    }

    private static void ReadTags(ref JsonCursor cursor, List<string> tags)
    {
        if (cursor.TryEnterArray("'tags'"))
        {
            cursor.Elements((ref JsonCursor tag) => ReadTag(ref tag, tags));
        }
    }

    private static void ReadTag(ref JsonCursor cursor, List<string> tags)
    {
        var location = cursor.Location;
        cursor.EnterObject("a tag");
        while (cursor.NextProperty())
        {
            if (!cursor.NameIs("name"u8))
            {
                cursor.Skip();
            }
            else if (ClassName.Checked(cursor.Text("name") ?? "", location) is { Length: > 0 } name)
            {
                tags.Add(name);
            }
        }
    }

    private static void ReadAsset(ref JsonCursor cursor, ImageLabels labels)
    {
        var image = new VottAsset(cursor.Location);
        cursor.EnterObject("an asset");
        while (cursor.NextProperty())
        {
            ReadMember(ref cursor, labels, image);
        }

        End(labels, image);
    }

    private static void ReadMember(ref JsonCursor cursor, ImageLabels labels, VottAsset image)
    {
        if (cursor.NameIs("asset"u8))
        {
            image.Read(ref cursor);
        }
        else if (cursor.NameIs("regions"u8) && cursor.TryEnterArray("'regions'"))
        {
            cursor.Elements((ref JsonCursor region) =>
            {
                image.HasRegions = true;
                ReadRegion(ref region, labels);
            });
        }
        else
        {
            cursor.Skip();
        }
    }

    private static void End(ImageLabels labels, VottAsset image)
    {
        if (image.Name is { } name)
        {
            // Nobody has looked at it, so it does not show that there is no object.
            if (image.State != NotVisited || image.HasRegions)
            {
                labels.EndImage(name, image.Size, image.Location);
            }
        }
        else if (image.HasRegions)
        {
            throw new NanoDetException(LabelDiagnostics.IncompleteObject(image.Location, "asset"));
        }
    }

    private static void ReadRegion(ref JsonCursor cursor, ImageLabels labels)
    {
        var location = cursor.Location;
        var tags = new List<string>();
        BoundingBox? box = null;
        cursor.EnterObject("a region");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("tags"u8))
            {
                cursor.Texts("tags", tags);
            }
            else if (cursor.NameIs("boundingBox"u8))
            {
                box = ReadBox(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }

        labels.Add(tags, box, location);
    }

    private static BoundingBox? ReadBox(ref JsonCursor cursor)
        => JsonRectangle.Read(ref cursor, "left", "top") is var (left, top, width, height) ? new(left, top, left + width, top + height) : null;
}

using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Via;

/// <summary>
/// Reads JSON of the VGG Image Annotator 1 and 2: a project (<c>_via_img_metadata</c>) or its exported annotations, which are a map from
/// a file's name and length to its regions. <see cref="ViaClassAttribute"/> says which attribute of the regions is their class.
/// See https://www.robots.ox.ac.uk/~vgg/software/via/.
/// </summary>
internal static class ViaReader
{
    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006, NDB1017, NDB1046.</exception>
    public static LabelFileContent Read(ReadOnlySpan<byte> content, string path)
    {
        var (images, options) = JsonCursor.Read(content, path, ReadDocument);
        var (attribute, guess) = ViaClassAttribute.Of(images.SelectMany(image => image.Regions));
        var labels = new ImageLabels();
        foreach (var image in images)
        {
            foreach (var region in image.Regions)
            {
                labels.Add(options.Names(attribute, region.ClassesBy(attribute)), region.Box, region.Location);
            }

            labels.EndImage(image.FileName, default, image.Location);
        }

        if (guess is not null)
        {
            labels.Say(guess);
        }

        return labels.ToContent(LabelFormat.Via);
    }

    private static (List<ViaImage> Images, ViaOptions Options) ReadDocument(ref JsonCursor cursor)
    {
        var images = new List<ViaImage>();
        var options = new ViaOptions();
        cursor.EnterObject("the document");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("_via_img_metadata"u8))
            {
                cursor.EnterObject("'_via_img_metadata'");
                while (cursor.NextProperty())
                {
                    images.Add(ReadImage(ref cursor));
                }
            }
            else if (cursor.NameIs("_via_attributes"u8))
            {
                options.Read(ref cursor);
            }
            else if (cursor.Name.StartsWith("_via_", StringComparison.Ordinal))
            {
                cursor.Skip();
            }
            else
            {
                images.Add(ReadImage(ref cursor));
            }
        }

        return (images, options);
    }

    private static ViaImage ReadImage(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        string? fileName = null;
        var regions = new List<ViaRegion>();
        cursor.EnterObject("an image");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("filename"u8))
            {
                fileName = cursor.Text("filename");
            }
            else if (cursor.NameIs("regions"u8))
            {
                ReadRegions(ref cursor, regions);
            }
            else
            {
                cursor.Skip();
            }
        }

        return new(PictureAddress.PathOf(fileName ?? throw new NanoDetException(LabelDiagnostics.IncompleteObject(location, "filename"))), regions, location);
    }

    /// <summary>Version 1 has a map from the numbers of the regions, version 2 a list.</summary>
    private static void ReadRegions(ref JsonCursor cursor, List<ViaRegion> regions)
    {
        if (cursor.ValueType == JsonTokenType.StartObject)
        {
            cursor.EnterObject("'regions'");
            while (cursor.NextProperty())
            {
                regions.Add(ViaRegion.Read(ref cursor));
            }
        }
        else if (cursor.TryEnterArray("'regions'"))
        {
            cursor.Elements((ref JsonCursor region) => regions.Add(ViaRegion.Read(ref region)));
        }
    }
}

/// <summary>An image of a VIA file.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Regions">Its regions.</param>
/// <param name="Location">The place of its entry.</param>
internal sealed record ViaImage(string FileName, List<ViaRegion> Regions, SourceLocation Location);

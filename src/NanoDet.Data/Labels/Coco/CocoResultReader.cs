using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Geometry;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Labels.Coco;

/// <summary>Reads COCO results: <c>[{"image_id": 1, "category_id": 1, "bbox": [x, y, width, height], "score": 0.9}, …]</c>.</summary>
public static class CocoResultReader
{
    // A hundred detections on each of 100,000 images.
    private const long MaxLength = 2L << 30;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NanoDetException">NDB1001 to NDB1003, NDB1005, NDB1006.</exception>
    public static ImmutableArray<CocoResult> Read(string path) => Read(LabelFile.Read(path, MaxLength), path);

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="path">The file's path, for locations.</param>
    /// <exception cref="NanoDetException">NDB1001, NDB1005, NDB1006.</exception>
    public static ImmutableArray<CocoResult> Read(ReadOnlySpan<byte> content, string path) => JsonCursor.Read(content, path, ReadList);

    private static ImmutableArray<CocoResult> ReadList(ref JsonCursor cursor)
    {
        var results = ImmutableArray.CreateBuilder<CocoResult>();
        cursor.EnterArray("a list of detections");
        cursor.Elements((ref JsonCursor element) => results.Add(ReadResult(ref element)));
        return results.DrainToImmutable();
    }

    private static CocoResult ReadResult(ref JsonCursor cursor)
    {
        var location = cursor.Location;
        long? image = null;
        long? category = null;
        double? score = null;
        Span<double> box = stackalloc double[4];
        var isComplete = false;
        cursor.EnterObject("a detection");
        while (cursor.NextProperty())
        {
            if (cursor.NameIs("image_id"u8))
            {
                image = cursor.Id("image_id");
            }
            else if (cursor.NameIs("category_id"u8))
            {
                category = cursor.Id("category_id");
            }
            else if (cursor.NameIs("score"u8))
            {
                score = cursor.Number("score");
            }
            else if (cursor.NameIs("bbox"u8))
            {
                isComplete = CocoBox.Read(ref cursor, box);
            }
            else
            {
                cursor.Skip();
            }
        }

        return !isComplete ? throw Incomplete("bbox") : new(
            image ?? throw Incomplete("image_id"),
            category ?? throw Incomplete("category_id"),
            new BoundingBox(box[0], box[1], box[0] + box[2], box[1] + box[3]),
            score ?? throw Incomplete("score"))
        {
            Location = location,
        };

        NanoDetException Incomplete(string missing) => new(LabelDiagnostics.IncompleteObject(location, missing));
    }
}

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Fingerprints;

/// <summary>
/// The meaning of an image's labels as a hash: what training sees, and nothing of how the label file writes it.
/// The <c>&lt;path&gt;</c> that labelImg leaves, indentation, the order of attributes and of objects do not change it.
/// </summary>
public static class LabelFingerprint
{
    /// <summary>
    /// SHA-256 over size, orientation, weight and every object (class name, box, flags, area) of a judged image.
    /// The part of the data it is in is left out: it is not a property of the labels.
    /// </summary>
    /// <param name="image">The image; its objects in canonical order (<see cref="DatasetOrder"/>).</param>
    /// <param name="classes">Names behind the labels.</param>
    public static ContentHash Of(DatasetImage image, ImmutableArray<string> classes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> record = stackalloc byte[52];
        BinaryPrimitives.WriteInt32LittleEndian(record, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], image.Height);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], image.Orientation);
        BinaryPrimitives.WriteDoubleLittleEndian(record[12..], image.Weight);
        hash.AppendData(record[..20]);
        foreach (var item in image.Objects)
        {
            var name = Encoding.UTF8.GetBytes(classes[item.Label]);
            BinaryPrimitives.WriteInt32LittleEndian(record, name.Length);
            BinaryPrimitives.WriteDoubleLittleEndian(record[4..], item.Box.Left);
            BinaryPrimitives.WriteDoubleLittleEndian(record[12..], item.Box.Top);
            BinaryPrimitives.WriteDoubleLittleEndian(record[20..], item.Box.Right);
            BinaryPrimitives.WriteDoubleLittleEndian(record[28..], item.Box.Bottom);
            BinaryPrimitives.WriteInt32LittleEndian(record[36..], (item.Ignored ? 1 : 0) | (item.Crowd ? 2 : 0) | (item.Area is null ? 0 : 4));
            BinaryPrimitives.WriteDoubleLittleEndian(record[40..], item.Area ?? 0);
            hash.AppendData(record[..48]);
            hash.AppendData(name);
        }

        Span<byte> digest = stackalloc byte[ContentHash.Length];
        hash.GetHashAndReset(digest);
        return new ContentHash(digest);
    }
}

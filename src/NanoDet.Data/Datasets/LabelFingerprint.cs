using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using NanoDet.Data.Files;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Data.Datasets;

/// <summary>
/// A hash of the meaning of an image's labels: what training uses, independent of how the label file writes it.
/// The <c>&lt;path&gt;</c> that labelImg writes, indentation, and the order of attributes and objects do not change it.
/// </summary>
public static class LabelFingerprint
{
    private const int ImageLength = 20;
    private const int ObjectLength = 48;
    private const int UsualLength = 4096;

    /// <summary>
    /// SHA-256 over size, orientation, weight and every object (class name, box, flags, area) of a checked image.
    /// The part of the data set is not included, because it is not a property of the labels.
    /// </summary>
    /// <param name="image">The image; its objects in canonical order (<see cref="DatasetOrder"/>).</param>
    /// <param name="classes">The names of the classes.</param>
    public static ContentHash Of(DatasetImage image, ImmutableArray<string> classes)
    {
        using var content = new PooledBuffer(UsualLength);
        var record = content.GetSpan(ImageLength);
        BinaryPrimitives.WriteInt32LittleEndian(record, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], image.Height);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], image.Orientation);
        BinaryPrimitives.WriteDoubleLittleEndian(record[12..], image.Weight);
        content.Advance(ImageLength);
        foreach (ref readonly var item in image.Objects.AsSpan())
        {
            var name = classes[item.Label];
            record = content.GetSpan(ObjectLength + Encoding.UTF8.GetMaxByteCount(name.Length));
            var nameLength = Encoding.UTF8.GetBytes(name, record[ObjectLength..]);
            BinaryPrimitives.WriteInt32LittleEndian(record, nameLength);
            BinaryPrimitives.WriteDoubleLittleEndian(record[4..], item.Box.Left);
            BinaryPrimitives.WriteDoubleLittleEndian(record[12..], item.Box.Top);
            BinaryPrimitives.WriteDoubleLittleEndian(record[20..], item.Box.Right);
            BinaryPrimitives.WriteDoubleLittleEndian(record[28..], item.Box.Bottom);
            BinaryPrimitives.WriteInt32LittleEndian(record[36..], (item.Ignored ? 1 : 0) | (item.Crowd ? 2 : 0) | (item.Area is null ? 0 : 4));
            BinaryPrimitives.WriteDoubleLittleEndian(record[40..], item.Area ?? 0);
            content.Advance(ObjectLength + nameLength);
        }

        return ContentHash.Of(content.Written);
    }
}

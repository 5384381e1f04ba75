using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>What is assigned to a part: a group of images, or one image together with its exact copies.</summary>
internal sealed class SplitUnit(string key, SplitOptions options)
{
    /// <summary><c>image:</c> and the content hash, or <c>group:</c> and the name.</summary>
    public string Key { get; } = key;

    /// <summary>Whether it is a group, which may grow, or one image.</summary>
    public bool IsGroup => Key.StartsWith("group:", StringComparison.Ordinal);

    /// <summary>A number from 0 to 1, uniformly distributed by key and seed: the position of the unit on the line that the shares divide.</summary>
    public double Place { get; private set; }

    /// <summary>The images.</summary>
    public List<SplitItem> Items { get; } = [];

    /// <summary>The image that asks for a part, if one does.</summary>
    public SplitItem? AssignedBy { get; set; }

    /// <summary>The part of the unit.</summary>
    public DatasetPart Part { get; set; }

    /// <summary>Whether the record has its part.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>Whether neither the user nor the record decides its part.</summary>
    public bool IsMovable { get; set; }

    public static string KeyOf(SplitItem item) => item.Group is { Length: > 0 } group ? $"group:{group}" : $"image:{item.ContentHash}";

    /// <summary>Sets <see cref="Place"/>.</summary>
    public void FindPlace() => Place = PlaceOf(Key, options.Seed);

    /// <summary>The part by position only. The validation part starts at the low end and the test part at the high end, so changing one share does not affect the other.</summary>
    public DatasetPart PartByPlace()
        => Place < options.Validation ? DatasetPart.Validation
        : Place >= 1 - options.Test && !Items.Exists(item => item.NeverTest) ? DatasetPart.Test
        : DatasetPart.Train;

    private static double PlaceOf(string key, long seed)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"split\n{seed}\n{key}")));
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (1.0 / (1UL << 53));
    }
}

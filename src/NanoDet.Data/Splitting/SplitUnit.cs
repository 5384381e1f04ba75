using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>What is divided: a group of images, or one image together with its exact copies.</summary>
internal sealed class SplitUnit(string key, SplitOptions options)
{
    /// <summary><c>image:</c> and the content hash, or <c>group:</c> and the name.</summary>
    public string Key { get; } = key;

    /// <summary>Whether it is a group, which may grow, or one picture.</summary>
    public bool IsGroup => Key.StartsWith("group:", StringComparison.Ordinal);

    /// <summary>Evenly spread over 0 to 1 by key and seed: the unit's place on the line that the shares cut.</summary>
    public double Place { get; } = PlaceOf(key, options.Seed);

    /// <summary>The images.</summary>
    public List<SplitItem> Items { get; } = [];

    /// <summary>The image that asks for a part, if one does.</summary>
    public SplitItem? AssignedBy { get; set; }

    /// <summary>Where the unit is.</summary>
    public DatasetPart Part { get; set; }

    /// <summary>Whether neither the user nor the record says where it is.</summary>
    public bool IsMovable { get; set; }

    public static string KeyOf(SplitItem item) => item.Group is { Length: > 0 } group ? $"group:{group}" : $"image:{item.ContentHash}";

    /// <summary>The part by place alone. Validation grows from the low end and test from the high one: changing one share leaves the other.</summary>
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

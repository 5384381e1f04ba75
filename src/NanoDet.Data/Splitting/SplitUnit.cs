using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Splitting;

/// <summary>What is assigned to a part: a group of images, or one image together with its exact copies.</summary>
/// <param name="name">Name of the group, or content hash of the image.</param>
/// <param name="isGroup">Whether it is a group, which may grow, or one image.</param>
/// <param name="options">Shares and seed.</param>
internal sealed class SplitUnit(string name, bool isGroup, SplitOptions options)
{
    private const int UsualLength = 256;

    // The word, a seed, the kind, and what stands between them.
    private const int LongestStart = 32;

    /// <summary><c>image:</c> and the content hash, or <c>group:</c> and the name; made when it is asked for, for hardly any needs it.</summary>
    public string Key => $"{Kind}:{name}";

    /// <summary>Whether it is a group, which may grow, or one image.</summary>
    public bool IsGroup => isGroup;

    /// <summary>A number from 0 to 1, uniformly distributed by key and seed: the position of the unit on the line that the shares divide.</summary>
    public double Place { get; private set; }

    /// <summary>The images.</summary>
    public List<SplitItem> Items { get; } = new(1);

    /// <summary>Names of the classes on them, each once.</summary>
    public ImmutableArray<string> Classes => Items is [var one] ? one.Classes : [.. Items.SelectMany(item => item.Classes).Distinct(StringComparer.Ordinal)];

    /// <summary>The image that asks for a part, if one does.</summary>
    public SplitItem? AssignedBy { get; set; }

    /// <summary>The part of the unit.</summary>
    public DatasetPart Part { get; set; }

    /// <summary>Whether the record has its part.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>Whether neither the user nor the record decides its part.</summary>
    public bool IsMovable { get; set; }

    /// <summary>Whether only the record decides its part.</summary>
    public bool IsKept { get; set; }

    private string Kind => isGroup ? "group" : "image";

    /// <summary>Sets <see cref="Place"/>.</summary>
    public void FindPlace()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var longest = LongestStart + Encoding.UTF8.GetMaxByteCount(name.Length);
        var text = longest <= UsualLength ? stackalloc byte[UsualLength] : new byte[longest];
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"split\n{options.Seed}\n{Kind}:{name}", out var length);
        SHA256.HashData(text[..length], digest);
        Place = (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The part by position only. The validation part starts at the low end and the test part at the high end, so changing one share does not affect the other.</summary>
    public DatasetPart PartByPlace()
        => Place < options.Validation ? DatasetPart.Validation
        : Place >= 1 - options.Test && !Items.Exists(item => item.NeverTest) ? DatasetPart.Test
        : DatasetPart.Train;
}

using System.Text;

namespace NanoDet.Data.Labels;

/// <summary>
/// Returns the same string for repeated names, in their plain form (<see cref="ClassName"/>): a data set has few classes and many objects. Each thread has its own
/// pool of a fixed size, so no thread waits and no pool grows.
/// </summary>
internal static class ClassNamePool
{
    private const int Slots = 256;
    private const int LongestName = 64;

    [ThreadStatic]
    private static (byte[] Utf8, string Name)[]? _names;

    /// <summary>Returns the name in UTF-8 bytes as a string.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8.Length > LongestName)
        {
            return ClassName.Plain(Encoding.UTF8.GetString(utf8));
        }

        var hash = (utf8.Length * 31) + (utf8[0] * 17) + (utf8[utf8.Length / 2] * 7) + utf8[^1];
        ref var slot = ref (_names ??= new (byte[], string)[Slots])[hash % Slots];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8))
        {
            slot = (utf8.ToArray(), ClassName.Plain(Encoding.UTF8.GetString(utf8)));
        }

        return slot.Name;
    }
}

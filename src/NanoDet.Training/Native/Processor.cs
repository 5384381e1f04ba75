using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using NanoDet.Data.Fingerprints;

namespace NanoDet.Training.Native;

/// <summary>The processor of this machine, as its programs see it.</summary>
public static class Processor
{
    // Basic leaves (vendor, model, features) and the two that tell caches and cores; then AMD's.
    private static readonly (int Leaf, int SubLeaf)[] Leaves =
    [
        (0, 0), (1, 0), (4, 0), (4, 1), (4, 2), (4, 3), (7, 0), (7, 1), (0xB, 0), (0xB, 1),
        (unchecked((int)0x8000_0001), 0), (unchecked((int)0x8000_001D), 0), (unchecked((int)0x8000_001D), 3), (unchecked((int)0x8000_001E), 0),
    ];

    /// <summary>Its name, family and model, for people.</summary>
    public static string Name { get; } = X86Base.IsSupported ? NameOfX86() : $"{RuntimeInformation.ProcessArchitecture} on {RuntimeInformation.OSDescription}";

    /// <summary>
    /// Differs between processors for which libraries choose other kernels: by model, instructions, and what a virtual machine
    /// shows of caches and cores.
    /// </summary>
    public static string Identity { get; } = ContentHash.Of(Encoding.UTF8.GetBytes(string.Join('\n', Facts()))).ToString();

    private static IEnumerable<string> Facts()
    {
        yield return Name;
        yield return Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        foreach (var (leaf, subLeaf) in X86Base.IsSupported ? Leaves : [])
        {
            var (a, b, c, d) = X86Base.CpuId(leaf, subLeaf);
            // The number of the core that happens to answer stands in these places.
            (b, d) = leaf switch
            {
                1 => (b & 0x00FF_FFFF, d),
                0xB => (b, 0),
                _ => (b, d),
            };
            a = leaf == unchecked((int)0x8000_001E) ? 0 : a;
            b = leaf == unchecked((int)0x8000_001E) ? b & ~0xFF : b;
            yield return FormattableString.Invariant($"{leaf:X}.{subLeaf}: {a:X} {b:X} {c:X} {d:X}");
        }
    }

    private static string NameOfX86()
    {
        var name = new byte[48];
        if (unchecked((uint)X86Base.CpuId(unchecked((int)0x8000_0000), 0).Eax) >= 0x8000_0004)
        {
            for (var i = 0; i < 3; i++)
            {
                var (a, b, c, d) = X86Base.CpuId(unchecked((int)0x8000_0002) + i, 0);
                foreach (var (register, place) in new[] { a, b, c, d }.Select((register, place) => (register, place)))
                {
                    BinaryPrimitives.WriteInt32LittleEndian(name.AsSpan((i * 16) + (place * 4)), register);
                }
            }
        }

        var signature = X86Base.CpuId(1, 0).Eax;
        var family = ((signature >> 8) & 0xF) + ((signature >> 20) & 0xFF);
        var model = ((signature >> 4) & 0xF) | ((signature >> 12) & 0xF0);
        return FormattableString.Invariant($"{Encoding.ASCII.GetString(name).Trim('\0', ' ')} (family {family}, model {model})");
    }
}

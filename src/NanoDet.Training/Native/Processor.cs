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
    /// <summary>Leaves of CPUID that libraries choose kernels by, and which bits of EAX, EBX, ECX and EDX do not depend on the core that answers.</summary>
    private static readonly (uint Leaf, int SubLeaf, uint A, uint B, uint C, uint D)[] Leaves =
    [
        (0x0000_0000, 0, ~0u, ~0u, ~0u, ~0u), // vendor
        (0x0000_0001, 0, ~0u, 0x00FF_FFFF, ~0u, ~0u), // model and features; its highest byte is the number of the core
        (0x0000_0004, 0, ~0u, ~0u, ~0u, ~0u), // caches, as Intel tells them
        (0x0000_0004, 1, ~0u, ~0u, ~0u, ~0u),
        (0x0000_0004, 2, ~0u, ~0u, ~0u, ~0u),
        (0x0000_0004, 3, ~0u, ~0u, ~0u, ~0u),
        (0x0000_0007, 0, ~0u, ~0u, ~0u, ~0u), // more features
        (0x0000_0007, 1, ~0u, ~0u, ~0u, ~0u),
        (0x0000_000B, 0, ~0u, ~0u, ~0u, 0), // cores; EDX is the number of the core
        (0x0000_000B, 1, ~0u, ~0u, ~0u, 0),
        (0x8000_0001, 0, ~0u, ~0u, ~0u, ~0u), // more features
        (0x8000_001D, 0, ~0u, ~0u, ~0u, ~0u), // caches, as AMD tells them
        (0x8000_001D, 1, ~0u, ~0u, ~0u, ~0u),
        (0x8000_001D, 2, ~0u, ~0u, ~0u, ~0u),
        (0x8000_001D, 3, ~0u, ~0u, ~0u, ~0u),
    ];

    /// <summary>Its name, family and model, for people.</summary>
    public static string Name { get; } = X86Base.IsSupported ? NameOfX86() : $"{RuntimeInformation.ProcessArchitecture} on {RuntimeInformation.OSDescription}";

    /// <summary>
    /// Differs between processors for which libraries choose other kernels: by model, instructions, and what a virtual machine
    /// shows of caches and cores.
    /// </summary>
    public static string Identity { get; } = ContentHash.Of(Encoding.UTF8.GetBytes(string.Join('\n', Facts()))).ToString();

    /// <summary>Whether it has instructions for bf16 that oneDNN uses: AVX512_BF16 or AMX.</summary>
    public static bool HasBFloat16 => X86Base.IsSupported
        && ((X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0 || (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0);

    private static IEnumerable<string> Facts()
    {
        yield return Name;
        yield return Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        foreach (var (leaf, subLeaf, maskA, maskB, maskC, maskD) in X86Base.IsSupported ? Leaves : [])
        {
            var (a, b, c, d) = X86Base.CpuId((int)leaf, subLeaf);
            yield return FormattableString.Invariant($"{leaf:X}.{subLeaf}: {a & maskA:X} {b & maskB:X} {c & maskC:X} {d & maskD:X}");
        }
    }

    private static string NameOfX86()
    {
        var name = new byte[48];
        if (unchecked((uint)X86Base.CpuId(unchecked((int)0x8000_0000u), 0).Eax) >= 0x8000_0004)
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

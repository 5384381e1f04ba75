using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace NanoDet.Data.Fingerprints;

/// <summary>
/// What something was made from: one hash to compare, and the readable entries that it is computed from, so that
/// "why does it run again?" has an answer.
/// </summary>
public sealed class Fingerprint
{
    /// <summary>Makes the fingerprint of entries; their order does not matter.</summary>
    /// <exception cref="ArgumentException">Two entries have the same name.</exception>
    public Fingerprint(IEnumerable<FingerprintEntry> entries)
    {
        Entries = InOrder([.. entries]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = new ArrayBufferBuilder();
        for (var i = 0; i < Entries.Length; i++)
        {
            if (i > 0 && Entries[i].Name == Entries[i - 1].Name)
            {
                throw new ArgumentException($"two entries are named '{Entries[i].Name}'", nameof(entries));
            }

            hash.AppendData(line.Encode(Entries[i]));
        }

        Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 over all entries, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The entries, ordered by name.</summary>
    public ImmutableArray<FingerprintEntry> Entries { get; }

    /// <summary>The differences from an earlier fingerprint, ordered by name.</summary>
    public IEnumerable<FingerprintChange> ChangesSince(Fingerprint earlier)
    {
        int i = 0, j = 0;
        while (i < earlier.Entries.Length || j < Entries.Length)
        {
            var order = i == earlier.Entries.Length ? 1
                : j == Entries.Length ? -1
                : string.CompareOrdinal(earlier.Entries[i].Name, Entries[j].Name);
            if (order < 0)
            {
                yield return new FingerprintChange(earlier.Entries[i].Name, earlier.Entries[i].Value, null);
                i++;
            }
            else if (order > 0)
            {
                yield return new FingerprintChange(Entries[j].Name, null, Entries[j].Value);
                j++;
            }
            else
            {
                if (earlier.Entries[i].Value != Entries[j].Value)
                {
                    yield return new FingerprintChange(Entries[j].Name, earlier.Entries[i].Value, Entries[j].Value);
                }

                i++;
                j++;
            }
        }
    }

    // A hundred thousand images are already sorted, except for a few entries before them.
    private static ImmutableArray<FingerprintEntry> InOrder(FingerprintEntry[] entries)
    {
        static int Compare(FingerprintEntry x, FingerprintEntry y) => string.CompareOrdinal(x.Name, y.Name);
        for (var i = 1; i < entries.Length; i++)
        {
            if (Compare(entries[i - 1], entries[i]) > 0)
            {
                Array.Sort(entries, Compare);
                break;
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }

    /// <summary>Each text is preceded by its length, so that no two different lists of entries give the same bytes.</summary>
    private sealed class ArrayBufferBuilder
    {
        private byte[] _buffer = new byte[256];

        public ReadOnlySpan<byte> Encode(FingerprintEntry entry)
        {
            var most = 8 + Encoding.UTF8.GetMaxByteCount(entry.Name.Length) + Encoding.UTF8.GetMaxByteCount(entry.Value.Length);
            if (_buffer.Length < most)
            {
                _buffer = new byte[most * 2];
            }

            var end = Append(entry.Name, 0);
            return _buffer.AsSpan(0, Append(entry.Value, end));
        }

        private int Append(string text, int at)
        {
            var length = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(at + 4));
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at), length);
            return at + 4 + length;
        }
    }
}

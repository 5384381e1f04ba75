using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace NanoDet.Vision.Randomness;

/// <summary>
/// Random numbers that depend only on a key: the SHA-256 of the key is the state of a xoshiro256** generator
/// (Blackman and Vigna, 2018). The same key gives the same numbers on every machine, in any order and on any thread;
/// different keys give independent ones. Not for secrets.
/// </summary>
public sealed class KeyedRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Starts the numbers of a key.</summary>
    /// <param name="purpose">Their purpose, so that two uses of the same seed and content are independent.</param>
    /// <param name="seed">The user's seed.</param>
    /// <param name="contentHash">Hash of the content that they are for, such as an image; empty for none.</param>
    /// <param name="index">The index of the epoch, copy or similar.</param>
    public KeyedRandom(string purpose, long seed, string contentHash, long index)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{purpose}\n{seed}\n{contentHash}\n{index}");
        var state = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        _a = BinaryPrimitives.ReadUInt64LittleEndian(state);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(8));
        _c = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(16));
        _d = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(24));
    }

    /// <summary>Returns 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Returns a uniformly distributed number in [0, 1) from 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns a uniformly distributed number between two bounds; the bound itself if they are equal.</summary>
    public double NextDouble(double low, double high) => low + (NextDouble() * (high - low));

    /// <summary>Returns true with a probability of 0 to 1.</summary>
    public bool NextChance(double probability) => NextDouble() < probability;

    /// <summary>Returns a uniformly distributed whole number in [0, <paramref name="count"/>) (Lemire, 2019).</summary>
    /// <param name="count">Above 0.</param>
    public int NextInt32(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var threshold = (0UL - (ulong)count) % (ulong)count;
        while (true)
        {
            var high = Math.BigMul(NextUInt64(), (ulong)count, out var low);
            if (low >= threshold)
            {
                return (int)high;
            }
        }
    }

    /// <summary>Shuffles the items (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace NanoDet.Fuzzing.Mutation;

/// <summary>
/// Makes inputs out of samples: bytes and bits changed, pieces cut, doubled, moved, taken from another sample, and put in that
/// mean something to many readers. An input depends on seed and number alone, so that each can be made again.
/// </summary>
/// <param name="samples">Good files, at least one.</param>
/// <param name="tokens">Pieces that mean something to the reader.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> samples, IEnumerable<string> tokens)
{
    private const int MostBytes = 1 << 20;
    private const int MostChanges = 6;

    private static readonly string[] Words =
    [
        "-1", "0", "1e309", "-1e308", "NaN", "Infinity", "2147483648", "-9223372036854775808", "99999999999999999999", "1e-400", "null", "true", "{}", "[]", "\"\"",
        "\\ud800", "\\udc00\\ud83d", "\\u0000", "\uFEFF", "\u202E", "\u001B[2J", "\n##vso[task.complete]", "::error::", "../../../etc/passwd", "C:\\", "/", "\r", "\n", "\0", "😀", "%s%n", "&#0;", "&x;",
    ];

    private static readonly byte[][] Raw =
    [
        [0], [0xFF], [0x7F], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0x7F, 0xFF, 0xFF, 0xFF],
        [0, 0, 0, 0x80], [0x80, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
    ];

    private readonly byte[][] _pieces = [.. Words.Concat(tokens).Select(Encoding.UTF8.GetBytes), .. Raw];

    /// <summary>An input.</summary>
    /// <param name="seed">What the run is called by.</param>
    /// <param name="number">Which input of the run; the first are the samples themselves.</param>
    public byte[] Make(int seed, int number)
    {
        if (number < samples.Count)
        {
            return samples[number];
        }

        // Random with a seed gives the same numbers in every version of .NET.
        var random = new Random(HashOf(seed, number));
        var input = samples[random.Next(samples.Count)];
        for (var changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            input = Change(input, random);
        }

        return input.Length <= MostBytes ? input : input[..MostBytes];
    }

    private byte[] Change(byte[] input, Random random)
    {
        var at = random.Next(input.Length + 1);
        var length = Math.Min(input.Length - at, random.Next(4) == 0 ? random.Next(1, 4096) : random.Next(1, 16));
        switch (random.Next(12))
        {
            case 0:
                return input[..at];
            case 1:
                return [.. input[..at], .. input[(at + length)..]];
            case 2:
                return Put(input, at, 0, Piece(random));
            case 3:
                return Put(input, at, length, Piece(random));
            case 4:
                return Put(input, at, 0, input[at..(at + length)]);
            case 5:
                return Repeat(input, at, length, random);
            case 6:
                var other = samples[random.Next(samples.Count)];
                return [.. input[..at], .. other[random.Next(other.Length + 1)..]];
            case 7:
                return Number(input, random);
            case 8:
                var to = random.Next(input.Length - length + 1);
                return Put([.. input[..at], .. input[(at + length)..]], to, 0, input[at..(at + length)]);
            default:
                return Bytes(input, random);
        }
    }

    private byte[] Piece(Random random) => _pieces[random.Next(_pieces.Length)];

    // What nests, nests deep; what counts, counts high.
    private static byte[] Repeat(byte[] input, int at, int length, Random random)
    {
        var times = random.Next(8) == 0 ? 20_000 : random.Next(2, 200);
        times = Math.Min(times, MostBytes / Math.Max(length, 1));
        return [.. input[..at], .. Enumerable.Repeat(input[at..(at + length)], times).SelectMany(piece => piece), .. input[(at + length)..]];
    }

    private static byte[] Bytes(byte[] input, Random random)
    {
        var changed = input.ToArray();
        for (var count = random.Next(1, 5); count > 0 && changed.Length > 0; count--)
        {
            ref var value = ref changed[random.Next(changed.Length)];
            value = random.Next(2) == 0 ? (byte)(value ^ (1 << random.Next(8))) : (byte)random.Next(256);
        }

        return changed;
    }

    // Lengths and counts of binary files.
    private static byte[] Number(byte[] input, Random random)
    {
        if (input.Length < sizeof(int))
        {
            return input;
        }

        var changed = input.ToArray();
        var place = changed.AsSpan(random.Next(changed.Length - sizeof(int) + 1));
        var value = random.Next(4) switch
        {
            0 => random.Next(),
            1 => random.Next(-4, 300),
            2 => 1 << random.Next(31),
            _ => int.MaxValue - random.Next(300),
        };
        switch (random.Next(3))
        {
            case 0:
                BinaryPrimitives.WriteInt32LittleEndian(place, value);
                break;
            case 1:
                BinaryPrimitives.WriteInt32BigEndian(place, value);
                break;
            default:
                BinaryPrimitives.WriteInt16LittleEndian(place, (short)value);
                break;
        }

        return changed;
    }

    private static byte[] Put(byte[] input, int at, int removed, byte[] piece) => [.. input[..at], .. piece, .. input[(at + removed)..]];

    private static int HashOf(int seed, int number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, seed);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], number);
        return BinaryPrimitives.ReadInt32LittleEndian(System.Security.Cryptography.SHA256.HashData(bytes));
    }
}

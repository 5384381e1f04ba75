namespace NanoDet.Training.Weights.Deployed;

/// <summary>Convolutions of a network, by number.</summary>
internal sealed class ConvolutionSet : IEquatable<ConvolutionSet>
{
    private const int Bits = 64;

    private readonly ulong[] _words;

    private ConvolutionSet(ulong[] words) => _words = words;

    /// <summary>The empty set.</summary>
    public static ConvolutionSet Empty { get; } = new([]);

    /// <summary>A set of one.</summary>
    public static ConvolutionSet Of(int number)
    {
        var words = new ulong[(number / Bits) + 1];
        words[^1] = 1UL << (number % Bits);
        return new ConvolutionSet(words);
    }

    /// <summary>What is in one of the sets.</summary>
    public static ConvolutionSet Union(IEnumerable<ConvolutionSet> sets)
    {
        var all = sets.ToArray();
        if (all is [var only])
        {
            return only;
        }

        var words = new ulong[all.Length == 0 ? 0 : all.Max(set => set._words.Length)];
        foreach (var set in all)
        {
            for (var i = 0; i < set._words.Length; i++)
            {
                words[i] |= set._words[i];
            }
        }

        return new ConvolutionSet(words);
    }

    /// <summary>The set with each number replaced.</summary>
    /// <param name="numbers">The new number of each.</param>
    public ConvolutionSet Map(IReadOnlyList<int> numbers)
        => Union(Enumerable.Range(0, _words.Length * Bits).Where(Contains).Select(number => Of(numbers[number])));

    /// <inheritdoc />
    public bool Equals(ConvolutionSet? other)
    {
        // The last word of a set is never empty.
        return other is not null && _words.AsSpan().SequenceEqual(other._words);
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ConvolutionSet);

    /// <inheritdoc />
    public override int GetHashCode() => _words.Aggregate(_words.Length, HashCode.Combine);

    private bool Contains(int number) => (_words[number / Bits] >> (number % Bits) & 1) != 0;
}

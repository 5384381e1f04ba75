namespace NanoDet.Training.Weights.Pickles;

/// <summary>The numbers that one or more tensors of a checkpoint are windows on.</summary>
/// <param name="type">Type of the numbers.</param>
/// <param name="count">How many there are.</param>
/// <param name="load">Fetches their bytes; asked at most once, and only for a tensor that is wanted.</param>
internal sealed class TorchStorage(ElementType type, long count, Func<ReadOnlyMemory<byte>> load)
{
    private ReadOnlyMemory<byte>? _bytes;

    public ElementType Type { get; } = type;

    public long Count { get; } = count;

    /// <summary>The bytes, as many as the count and type call for.</summary>
    /// <exception cref="InvalidDataException">The file has another number of them.</exception>
    public ReadOnlyMemory<byte> Bytes()
    {
        _bytes ??= load();
        return _bytes.Value.Length == (Int128)Count * WeightTensor.SizeOf(Type)
            ? _bytes.Value
            : throw new InvalidDataException($"a storage of {Count} numbers has {_bytes.Value.Length} bytes");
    }
}

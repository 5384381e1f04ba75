namespace NanoDet.Training.Weights.Pickles;

/// <summary>The numbers that one or more tensors of a checkpoint refer to.</summary>
/// <param name="type">Type of the numbers.</param>
/// <param name="count">The number of elements.</param>
/// <param name="load">Reads their bytes; called at most once, and only for a tensor that is used.</param>
internal sealed class TorchStorage(ElementType type, long count, Func<ReadOnlyMemory<byte>> load)
{
    private ReadOnlyMemory<byte>? _bytes;

    public ElementType Type { get; } = type;

    public long Count { get; } = count;

    /// <summary>The bytes, as many as count and type require.</summary>
    /// <exception cref="InvalidDataException">The file has a different number of bytes.</exception>
    public ReadOnlyMemory<byte> Bytes()
    {
        _bytes ??= load();
        return _bytes.Value.Length == (Int128)Count * WeightTensor.SizeOf(Type)
            ? _bytes.Value
            : throw new InvalidDataException($"a storage of {Count} numbers has {_bytes.Value.Length} bytes");
    }
}

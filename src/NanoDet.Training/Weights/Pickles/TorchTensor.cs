using System.Collections.Immutable;

namespace NanoDet.Training.Weights.Pickles;

/// <summary>A view of a storage, as described by <c>_rebuild_tensor_v2</c>.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, ImmutableArray<long> Shape, ImmutableArray<long> Strides)
{
    private const int MostDimensions = 16;

    /// <summary>Makes the view from the arguments of the function: storage, offset, shape, strides, and arguments that only training uses.</summary>
    public static TorchTensor Rebuild(object?[] arguments)
        => arguments is [TorchStorage storage, long offset, object?[] { Length: <= MostDimensions } shape, object?[] strides, ..]
            && shape.Length == strides.Length && shape.All(value => value is long) && strides.All(value => value is long)
            ? new TorchTensor(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()])
            : throw new InvalidDataException("a tensor has no valid description");

    /// <summary>The numbers of the view in row-major order.</summary>
    /// <exception cref="InvalidDataException">The view exceeds its storage, or has more numbers than the storage.</exception>
    public WeightTensor Materialize()
    {
        var (size, bytes) = (WeightTensor.SizeOf(Storage.Type), Storage.Bytes());
        var count = RequireInside();
        if (count == 0)
        {
            return new WeightTensor(Storage.Type, Shape, default);
        }

        if (IsContiguous())
        {
            return new WeightTensor(Storage.Type, Shape, bytes.Slice((int)Offset * size, (int)count * size));
        }

        var data = new byte[count * size];
        var index = new long[Shape.Length];
        for (var i = 0; i < count; i++)
        {
            var element = Offset;
            for (var d = 0; d < index.Length; d++)
            {
                element += index[d] * Strides[d];
            }

            bytes.Span.Slice((int)element * size, size).CopyTo(data.AsSpan(i * size));
            for (var d = index.Length - 1; d >= 0 && ++index[d] == Shape[d]; d--)
            {
                index[d] = 0;
            }
        }

        return new WeightTensor(Storage.Type, Shape, data);
    }

    /// <summary>The number of elements of the view, all of which are inside the storage.</summary>
    private long RequireInside()
    {
        if (Shape.Contains(0))
        {
            return 0;
        }

        Int128 count = 1, last = Offset;
        for (var d = 0; d < Shape.Length; d++)
        {
            count *= Shape[d];
            last += (Int128)(Shape[d] - 1) * Strides[d];

            // A broadcast repeats a number; weights never do this, and it would expand a small file enormously.
            if (Shape[d] < 0 || Strides[d] < 0 || count > Storage.Count || last >= Storage.Count)
            {
                throw new InvalidDataException($"a tensor of shape [{string.Join(", ", Shape)}] lies outside its storage of {Storage.Count} numbers");
            }
        }

        return Offset >= 0 && last < Storage.Count ? (long)count : throw new InvalidDataException("a tensor lies outside its storage");
    }

    private bool IsContiguous()
    {
        long expected = 1;
        for (var d = Shape.Length - 1; d >= 0; d--)
        {
            if (Shape[d] != 1 && Strides[d] != expected)
            {
                return false;
            }

            expected *= Shape[d];
        }

        return true;
    }
}

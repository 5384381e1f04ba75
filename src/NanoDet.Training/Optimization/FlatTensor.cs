using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>
/// Named tensors of one type in one piece of memory, so that one operation reaches all of them. Each begins where an allocator could
/// have put it and keeps its own strides; between them are zeros, which every operation of ours leaves zeros.
/// </summary>
internal sealed class FlatTensor : IDisposable
{
    // What oneDNN and the kernels of CUDA want for their fastest loads.
    private const int AlignmentBytes = 64;

    // A norm is one of norms, because a sum of millions of single-precision numbers in one go loses digits.
    private const int Row = 1024;

    private readonly long[] _offsets; // one more than there are tensors: where the last one ends

    private FlatTensor(IReadOnlyList<KeyValuePair<string, Tensor>> like)
    {
        var first = like[0].Value;
        var alignment = AlignmentBytes / first.element_size();
        _offsets = new long[like.Count + 1];
        for (var i = 0; i < like.Count; i++)
        {
            _offsets[i + 1] = RoundUp(_offsets[i] + like[i].Value.numel(), alignment);
        }

        Whole = zeros(RoundUp(_offsets[^1], Row), first.dtype, first.device).DetachFromDisposeScope();
        Parts = [.. like.Select((entry, i) => KeyValuePair.Create(
            entry.Key, Whole.as_strided(entry.Value.shape, entry.Value.stride(), _offsets[i]).DetachFromDisposeScope()))];
    }

    /// <summary>The memory, [n].</summary>
    public Tensor Whole { get; }

    /// <summary>The tensors by name, views of <see cref="Whole"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Parts { get; }

    /// <summary>Moves tensors into one piece of memory; they stay the same objects with the same numbers.</summary>
    /// <param name="tensors">At least one; of one type, on one device, each without gaps.</param>
    public static FlatTensor Of(IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var flat = new FlatTensor(tensors);
        foreach (var (part, tensor) in flat.Parts.Zip(tensors, (part, entry) => (part.Value, entry.Value)))
        {
            part.copy_(tensor);
            tensor.set_(part);
        }

        return flat;
    }

    /// <summary>Returns zeros in the same arrangement.</summary>
    /// <param name="rename">Returns the new name for a name; null for the same names.</param>
    public FlatTensor Zeros(Func<string, string>? rename = null)
        => new([.. Parts.Select(part => KeyValuePair.Create(rename?.Invoke(part.Key) ?? part.Key, part.Value))]);

    /// <summary>Returns neighbours as one tensor, [n], a view.</summary>
    /// <param name="first">The first.</param>
    /// <param name="end">The one after the last.</param>
    public Tensor Range(int first, int end) => Whole.narrow(0, _offsets[first], _offsets[end] - _offsets[first]);

    /// <summary>Returns the Euclidean norm of all numbers, a scalar.</summary>
    public Tensor Norm()
    {
        using var scope = NewDisposeScope();
        return Whole.view(-1, Row).norm(1).norm().MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, part) in Parts)
        {
            part.Dispose();
        }

        Whole.Dispose();
    }

    private static long RoundUp(long value, long divisor) => (value + divisor - 1) / divisor * divisor;
}

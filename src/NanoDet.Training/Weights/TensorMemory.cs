using System.Buffers;
using static TorchSharp.torch;

namespace NanoDet.Training.Weights;

/// <summary>The memory of a tensor as the runtime's, without a copy.</summary>
/// <param name="tensor">A contiguous tensor in the processor's memory, which its owner keeps as long as this is used.</param>
internal sealed class TensorMemory(Tensor tensor) : MemoryManager<byte>
{
    /// <inheritdoc />
    public override Span<byte> GetSpan() => tensor.bytes;

    /// <inheritdoc />
    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("libtorch's memory does not move");

    /// <inheritdoc />
    public override void Unpin()
    {
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
    }
}

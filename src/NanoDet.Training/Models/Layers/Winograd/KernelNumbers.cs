using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers.Winograd;

/// <summary>The numbers of a layer's 3x3 kernels, which are the same for the maps of all sizes that it convolves in a step.</summary>
internal sealed class KernelNumbers : IDisposable
{
    /// <summary>Side of the kernel.</summary>
    public const int KernelSide = 3;

    private const float P = TilePoints.Inner;
    private const float Q = TilePoints.Outer;
    private const float OfInner = 1 / (2 * P * P * ((P * P) - (Q * Q)));
    private const float OfOuter = 1 / (2 * Q * Q * ((Q * Q) - (P * P)));

    /// <summary>The three numbers of a kernel's line as six: the paper's G.</summary>
    private static readonly float[,] Line =
    {
        { 1 / (P * P * Q * Q), 0, 0 },
        { OfInner, OfInner * P, OfInner * P * P },
        { OfInner, -OfInner * P, OfInner * P * P },
        { OfOuter, OfOuter * Q, OfOuter * Q * Q },
        { OfOuter, -OfOuter * Q, OfOuter * Q * Q },
        { 0, 0, 1 },
    };

    private KernelNumbers(Tensor leaf, ScalarType type)
    {
        Leaf = leaf;
        var values = leaf.detach().to(type);
        Values = values.contiguous().DetachFromDisposeScope();
        Transposed = values.transpose(1, 2).contiguous().DetachFromDisposeScope();
    }

    /// <summary>The numbers in single precision, [36, out, in]: the start of a graph, which collects the gradients of all uses.</summary>
    public Tensor Leaf { get; }

    /// <summary>The numbers as maps are kept, [36, out, in].</summary>
    public Tensor Values { get; }

    /// <summary>The same from outputs to inputs, [36, in, out].</summary>
    public Tensor Transposed { get; }

    /// <summary>Turns kernels into numbers, in single precision until they are rounded.</summary>
    /// <param name="weight">[out, in, 3, 3].</param>
    /// <param name="type">What maps are kept in.</param>
    /// <param name="tape">Records the operation.</param>
    public static KernelNumbers Record(Tensor weight, ScalarType type, GradientTape tape)
    {
        using var scope = NewDisposeScope();
        var numbers = OfBothSides().mm(weight.detach().to(float32).permute(2, 3, 0, 1).reshape(KernelSide * KernelSide, -1));
        var leaf = numbers.reshape(TileGrid.Numbers, weight.shape[0], weight.shape[1]);
        return new(tape.Record(weight.detach(), leaf, gradient => [(weight, Back(gradient, weight))]), type);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Values.Dispose();
        Transposed.Dispose();
    }

    /// <summary>The gradient of kernels from that of their numbers: [36, out, in] to [out, in, 3, 3].</summary>
    private static Tensor Back(Tensor gradient, Tensor weight)
        => OfBothSides().t().mm(gradient.flatten(1)).reshape(KernelSide, KernelSide, weight.shape[0], weight.shape[1]).permute(2, 3, 0, 1).contiguous().to(weight.dtype);

    /// <summary>[36, 9]: rows and columns of a kernel are turned one after the other, which is one product with this.</summary>
    private static Tensor OfBothSides()
    {
        using var side = tensor(Line);
        return side.kron(side);
    }
}

using static TorchSharp.torch;

namespace NanoDet.Training.Weights;

/// <summary>Copies numbers between libtorch and weight files.</summary>
public static class TensorContent
{
    /// <summary>Copies a tensor's numbers in row-major order, from any device and memory format.</summary>
    public static WeightTensor Read(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var contiguous = tensor.detach().cpu().contiguous();
        return new WeightTensor(Type(tensor.dtype), [.. tensor.shape], contiguous.bytes.ToArray());
    }

    /// <summary>
    /// A tensor's numbers where they are, if they lie in the processor's memory in row-major order; else a copy in a tensor of the
    /// current dispose scope. They are valid as long as that tensor, and change with it.
    /// </summary>
    public static WeightTensor View(Tensor tensor)
    {
        var contiguous = tensor.detach().cpu().contiguous();
        return new WeightTensor(Type(tensor.dtype), [.. tensor.shape], new TensorMemory(contiguous).Memory);
    }

    /// <summary>Copies numbers into a tensor of the same shape, and converts their type if it differs.</summary>
    public static void Write(WeightTensor content, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var source = empty([.. content.Shape], Type(content.Type));
        source.bytes = content.Data.ToArray();
        tensor.copy_(source);
    }

    private static ElementType Type(ScalarType type) => type switch
    {
        ScalarType.Bool => ElementType.Bool,
        ScalarType.Byte => ElementType.UInt8,
        ScalarType.Int8 => ElementType.Int8,
        ScalarType.Int16 => ElementType.Int16,
        ScalarType.Int32 => ElementType.Int32,
        ScalarType.Int64 => ElementType.Int64,
        ScalarType.Float16 => ElementType.Float16,
        ScalarType.BFloat16 => ElementType.BFloat16,
        ScalarType.Float32 => ElementType.Float32,
        ScalarType.Float64 => ElementType.Float64,
        _ => throw new NotSupportedException($"weight files have no {type}"),
    };

    private static ScalarType Type(ElementType type) => type switch
    {
        ElementType.Bool => ScalarType.Bool,
        ElementType.UInt8 => ScalarType.Byte,
        ElementType.Int8 => ScalarType.Int8,
        ElementType.Int16 => ScalarType.Int16,
        ElementType.Int32 => ScalarType.Int32,
        ElementType.Int64 => ScalarType.Int64,
        ElementType.Float16 => ScalarType.Float16,
        ElementType.BFloat16 => ScalarType.BFloat16,
        ElementType.Float32 => ScalarType.Float32,
        _ => ScalarType.Float64,
    };
}

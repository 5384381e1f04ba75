using System.Text;

namespace NanoDet.Training.Tests.Weights;

/// <summary>Writes pickles opcode by opcode, honest and hostile ones.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public PickleWriter() => Raw(0x80, 2);

    public PickleWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(char opcode) => Raw((byte)opcode);

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Op('X').Raw(BitConverter.GetBytes(utf8.Length)).Raw(utf8);
    }

    public PickleWriter Number(long number) => Raw(0x8A, 8).Raw(BitConverter.GetBytes(number));

    public PickleWriter Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    /// <summary>A tensor of singles on the storage of the given key, as PyTorch writes it.</summary>
    public PickleWriter Tensor(string storage, long count, long offset, long[] shape, long[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Global("torch", "FloatStorage").Text(storage).Text("cpu").Number(count).Op('t').Op('Q');
        Number(offset).Numbers(shape).Numbers(strides).Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R');
        return Op('t').Op('R');
    }

    public PickleWriter Numbers(long[] numbers)
    {
        Op('(');
        foreach (var number in numbers)
        {
            Number(number);
        }

        return Op('t');
    }

    /// <summary>The pickle, with its stop opcode.</summary>
    public byte[] End() => [.. _bytes, (byte)'.'];
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NanoDet.Training.Weights.Pickles;

/// <summary>
/// Writes the pickle of a state dict, in protocol 2, as <c>torch.save</c> does: a dictionary of tensors, each rebuilt from a storage by
/// its number, and of texts, and nothing else, so that <c>torch.load(…, weights_only=True)</c> takes it.
/// </summary>
internal sealed class PickleBuilder
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    private PickleBuilder() => _bytes.Write<byte>([0x80, 2]);

    /// <summary>The pickle of <c>{"state_dict": {name: tensor, …}, "nanodet": {name: text, …}}</c>; the storage of each tensor is its number.</summary>
    public static byte[] StateDict(WeightSet weights)
    {
        var pickle = new PickleBuilder();
        pickle.Op('}');
        pickle.Text(StateDictionary.TensorsKey);
        pickle.Op('}');
        pickle.Op('(');
        foreach (var (i, (name, tensor)) in weights.Tensors.Index())
        {
            pickle.Text(name);
            pickle.Tensor(i, tensor);
        }

        pickle.Op('u'); // The items into the inner dictionary,
        pickle.Op('s'); // and this one into the outer.
        if (weights.Metadata.Count > 0)
        {
            pickle.Text(StateDictionary.MetadataKey);
            pickle.Op('}');
            pickle.Op('(');
            foreach (var (name, text) in weights.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                pickle.Text(name);
                pickle.Text(text);
            }

            pickle.Op('u');
            pickle.Op('s');
        }

        pickle.Op('.');
        return pickle._bytes.WrittenSpan.ToArray();
    }

    private void Tensor(int number, WeightTensor tensor)
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Op('(');
        Op('(');
        Text("storage");
        Global("torch", StorageClass(tensor.Type));
        Text(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Text("cpu");
        Number(tensor.Count);
        Op('t');
        Op('Q'); // The tuple is the name of the storage.
        Number(0);
        Numbers([.. tensor.Shape]);
        Numbers(Strides(tensor));
        _bytes.Write<byte>([0x89]); // It asks for no gradient,
        Global("collections", "OrderedDict"); // and has no hooks.
        Op(')');
        Op('R');
        Op('t');
        Op('R');
    }

    private static long[] Strides(WeightTensor tensor)
    {
        var strides = new long[tensor.Shape.Length];
        for (var (d, stride) = (strides.Length - 1, 1L); d >= 0; stride *= tensor.Shape[d], d--)
        {
            strides[d] = stride;
        }

        return strides;
    }

    private void Op(char opcode) => _bytes.Write<byte>([(byte)opcode]);

    private void Global(string module, string name)
    {
        Op('c');
        _bytes.Write(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));
    }

    private void Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        Op('X');
        _bytes.Write(length);
        _bytes.Write(utf8);
    }

    private void Number(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (number is >= int.MinValue and <= int.MaxValue)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)number);
            Op('J');
            _bytes.Write(bytes[..sizeof(int)]);
            return;
        }

        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _bytes.Write<byte>([0x8A, sizeof(long)]);
        _bytes.Write(bytes);
    }

    private void Numbers(long[] numbers)
    {
        Op('(');
        Array.ForEach(numbers, Number);
        Op('t');
    }

    private static string StorageClass(ElementType type) => type switch
    {
        ElementType.Bool => "BoolStorage",
        ElementType.UInt8 => "ByteStorage",
        ElementType.Int8 => "CharStorage",
        ElementType.Int16 => "ShortStorage",
        ElementType.Int32 => "IntStorage",
        ElementType.Int64 => "LongStorage",
        ElementType.Float16 => "HalfStorage",
        ElementType.BFloat16 => "BFloat16Storage",
        ElementType.Float32 => "FloatStorage",
        _ => "DoubleStorage",
    };
}

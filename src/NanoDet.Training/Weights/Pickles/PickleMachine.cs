namespace NanoDet.Training.Weights.Pickles;

/// <summary>
/// Runs the opcodes of a pickle that PyTorch writes for tensors: numbers, strings, lists, tuples, dictionaries, and the few
/// names of <see cref="PickleName"/>. A pickle is a program; this machine has no way to import, call or construct
/// anything else, and any other opcode throws <see cref="ForbiddenPickleException"/>.
/// </summary>
/// <remarks>
/// Values are <see cref="long"/>, <see cref="System.Numerics.BigInteger"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="string"/>, null, <c>object?[]</c> for a tuple, <c>List&lt;object?&gt;</c>, <c>Dictionary&lt;string, object?&gt;</c>
/// (entries with other keys are left out: no weight has one), <see cref="TorchStorage"/> and <see cref="TorchTensor"/>.
/// Values may refer to each other in a cycle and are never traversed recursively here.
/// </remarks>
/// <param name="loadStorage">Makes the storage of a persistent id: type, key and number of elements.</param>
internal sealed class PickleMachine(Func<ElementType, string, long, TorchStorage> loadStorage)
{
    /// <summary>Far more than a pickle of weights needs; it limits what a hostile one can allocate.</summary>
    public const int LargestPickle = 8 * 1024 * 1024;

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];

    /// <summary>Runs a pickle to its stop opcode.</summary>
    /// <param name="bytes">Bytes that begin with the pickle.</param>
    /// <param name="length">The length of the pickle.</param>
    /// <returns>The resulting value.</returns>
    /// <exception cref="InvalidDataException">The pickle is damaged.</exception>
    /// <exception cref="ForbiddenPickleException">The pickle asks for more than tensors.</exception>
    public object? Run(ReadOnlySpan<byte> bytes, out int length)
    {
        var input = new PickleInput(bytes[..Math.Min(bytes.Length, LargestPickle)]);
        byte opcode;
        while ((opcode = input.Byte()) != '.')
        {
            Step((char)opcode, ref input);
        }

        length = input.Position;
        return Pop();
    }

    private void Step(char opcode, ref PickleInput input)
    {
        switch (opcode)
        {
            case '\x80': input.Byte(); break; // PROTO
            case '\x95': input.UInt64(); break; // FRAME
            case '(': _stack.Add(Mark); break;
            case '0': Pop(); break;
            case '1': PopToMark(); break;
            case '2': _stack.Add(Top()); break;
            case 'N': _stack.Add(null); break;
            case '\x88': _stack.Add(true); break;
            case '\x89': _stack.Add(false); break;
            case 'J': _stack.Add((long)input.Int32()); break;
            case 'K': _stack.Add((long)input.Byte()); break;
            case 'M': _stack.Add((long)input.UInt16()); break;
            case 'G': _stack.Add(input.BigEndianDouble()); break;
            case '\x8A': _stack.Add(input.Integer(input.Byte())); break; // LONG1
            case '\x8B': _stack.Add(input.Integer(input.UInt32())); break; // LONG4
            case 'X': _stack.Add(input.Text(input.UInt32())); break; // BINUNICODE
            case '\x8C': _stack.Add(input.Text(input.Byte())); break; // SHORT_BINUNICODE
            case '\x8D': _stack.Add(input.Text(input.UInt64())); break; // BINUNICODE8
            case ']': _stack.Add(new List<object?>()); break;
            case 'a': Append([Pop()]); break;
            case 'e': Append(PopToMark()); break;
            case ')': _stack.Add(Array.Empty<object?>()); break;
            case 't': _stack.Add(PopToMark()); break;
            case '\x85': _stack.Add(PopMany(1)); break; // TUPLE1
            case '\x86': _stack.Add(PopMany(2)); break; // TUPLE2
            case '\x87': _stack.Add(PopMany(3)); break; // TUPLE3
            case '}': _stack.Add(new Dictionary<string, object?>()); break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopToMark()); break;
            case 'q': _memo[input.Byte()] = Top(); break;
            case 'r': _memo[input.UInt32()] = Top(); break;
            case '\x94': _memo[(uint)_memo.Count] = Top(); break; // MEMOIZE
            case 'h': _stack.Add(Recall(input.Byte())); break;
            case 'j': _stack.Add(Recall(input.UInt32())); break;
            case 'c': _stack.Add(PickleGlobals.Find(input.Line(), input.Line())); break;
            case '\x93': StackGlobal(PopMany(2)); break;
            case 'R': Reduce(PopMany(2)); break;
            case 'b': Build(Pop()); break;
            case 'Q': _stack.Add(LoadStorage(Pop())); break;
            default: throw new ForbiddenPickleException($"the pickle opcode 0x{(int)opcode:X2}");
        }
    }

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw new InvalidDataException("the pickle's stack is empty");

    private object? Pop()
    {
        var top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private void StackGlobal(object?[] names) => _stack.Add(PickleGlobals.Find(names[0], names[1]));

    private object?[] PopMany(int count)
    {
        if (_stack.Count < count)
        {
            throw new InvalidDataException("the pickle's stack is empty");
        }

        object?[] values = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw new InvalidDataException("the pickle's stack has no mark");
        }

        var values = PopMany(_stack.Count - mark - 1);
        Pop();
        return values;
    }

    private object? Recall(uint index)
        => _memo.TryGetValue(index, out var value) ? value : throw new InvalidDataException($"the pickle recalls {index}, which it never stored");

    private void Append(object?[] values) => (Top() as List<object?> ?? throw new ForbiddenPickleException("appending to something other than a list")).AddRange(values);

    private void SetItems(object?[] pairs)
    {
        var items = Top() as Dictionary<string, object?> ?? throw new ForbiddenPickleException("setting items of something other than a dictionary");
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            if (pairs[i] is string key)
            {
                items[key] = pairs[i + 1];
            }
        }
    }

    private void Reduce(object?[] call) => _stack.Add((call[0], call[1] as object?[]) switch
    {
        (PickleName.OrderedDict, []) => new Dictionary<string, object?>(),
        (PickleName.RebuildTensor, [..] arguments) => TorchTensor.Rebuild(arguments),
        (PickleName.RebuildParameter, [TorchTensor tensor, ..]) => tensor,
        _ => throw new ForbiddenPickleException("a call that does not build a tensor"),
    });

    /// <summary>A state dict has the version numbers of its modules as an attribute; nothing else sets a state.</summary>
    private void Build(object? state)
    {
        if ((Top(), state) is not (Dictionary<string, object?>, Dictionary<string, object?>))
        {
            throw new ForbiddenPickleException("setting the state of an object");
        }
    }

    private TorchStorage LoadStorage(object? id) => id as object?[] is ["storage", ElementType type, string key, string, long count, ..]
        ? loadStorage(type, key, count)
        : throw new ForbiddenPickleException("an object outside the file that is not a storage");
}

using System.Text;

namespace NanoDet.Training.Tests.Export;

/// <summary>
/// Reads an ONNX file from its bytes alone, sharing nothing with the exporter, and judges it by the rules of the ONNX
/// checker. Field numbers are those of onnx.proto.
/// </summary>
internal sealed class OnnxFile
{
    // First operator set that has the operator in the form we write, and the last before it changes shape.
    private static readonly Dictionary<string, (int First, int Last, int Inputs, int Outputs)> Operators = new()
    {
        ["Add"] = (7, int.MaxValue, 2, 1),
        ["Cast"] = (9, int.MaxValue, 1, 1),
        ["Clip"] = (11, int.MaxValue, 3, 1),
        ["Concat"] = (4, int.MaxValue, -1, 1),
        ["Conv"] = (11, int.MaxValue, 3, 1),
        ["Elu"] = (6, int.MaxValue, 1, 1),
        ["Erf"] = (9, int.MaxValue, 1, 1),
        ["Gather"] = (11, int.MaxValue, 2, 1),
        ["GatherND"] = (11, int.MaxValue, 2, 1),
        ["HardSigmoid"] = (6, int.MaxValue, 1, 1),
        ["LeakyRelu"] = (6, int.MaxValue, 1, 1),
        ["MatMul"] = (9, int.MaxValue, 2, 1),
        ["Max"] = (8, int.MaxValue, -1, 1),
        ["MaxPool"] = (11, int.MaxValue, 1, 1),
        ["Min"] = (8, int.MaxValue, -1, 1),
        ["Mul"] = (7, int.MaxValue, 2, 1),
        ["NonMaxSuppression"] = (11, int.MaxValue, 5, 1),
        ["PRelu"] = (9, int.MaxValue, 2, 1),
        ["Relu"] = (6, int.MaxValue, 1, 1),
        ["Reshape"] = (5, int.MaxValue, 2, 1),
        ["Resize"] = (11, int.MaxValue, 3, 1),
        ["Selu"] = (6, int.MaxValue, 1, 1),
        ["Shape"] = (1, int.MaxValue, 1, 1),
        ["Sigmoid"] = (6, int.MaxValue, 1, 1),
        ["Slice"] = (10, int.MaxValue, 4, 1),
        ["Softmax"] = (11, 12, 1, 1),
        ["Split"] = (2, 12, 1, -1),
        ["TopK"] = (11, int.MaxValue, 2, 2),
        ["Transpose"] = (1, int.MaxValue, 1, 1),
    };

    private readonly List<string> _problems = [];

    public OnnxFile(byte[] bytes)
    {
        var model = Fields(bytes).ToList();
        IrVersion = Number(model, 1);
        OperatorSet = Number(Fields(Single(model, 8)).ToList(), 2);
        Metadata = [.. model.Where(field => field.Number == 14).Select(field => Fields(field.Bytes).ToList())
            .Select(entry => KeyValuePair.Create(Text(entry, 1), Text(entry, 2)))];
        var graph = Fields(Single(model, 7)).ToList();
        Inputs = [.. Named(graph, 11)];
        Outputs = [.. Named(graph, 12)];
        Weights = [.. Named(graph, 5)];
        foreach (var tensor in graph.Where(field => field.Number == 5))
        {
            CheckTensor(Fields(tensor.Bytes).ToList());
        }

        var nodeNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Where(field => field.Number == 1).Select(field => Fields(field.Bytes).ToList()))
        {
            Require(nodeNames.Add(Text(node, 3)), $"two nodes are named {Text(node, 3)}");
            Nodes.Add((
                Text(node, 4), [.. node.Where(f => f.Number == 1).Select(f => Encoding.UTF8.GetString(f.Bytes))],
                [.. node.Where(f => f.Number == 2).Select(f => Encoding.UTF8.GetString(f.Bytes))]));
        }

        CheckFlow();
    }

    public long IrVersion { get; }

    public long OperatorSet { get; }

    public List<KeyValuePair<string, string>> Metadata { get; }

    public List<string> Inputs { get; }

    public List<string> Outputs { get; }

    public List<string> Weights { get; }

    public List<(string Operator, List<string> Inputs, List<string> Outputs)> Nodes { get; } = [];

    public IReadOnlyList<string> Problems => _problems;

    private void CheckFlow()
    {
        // Every value is given once, before it is used, and is used.
        var known = new HashSet<string>(StringComparer.Ordinal);
        var used = new HashSet<string>(Outputs, StringComparer.Ordinal);
        foreach (var name in Inputs.Concat(Weights))
        {
            Require(known.Add(name), $"{name} is given twice");
        }

        foreach (var (operation, inputs, outputs) in Nodes)
        {
            Require(Operators.TryGetValue(operation, out var rule), $"{operation} is unknown");
            Require(OperatorSet >= rule.First && OperatorSet <= rule.Last, $"{operation} has another form in operator set {OperatorSet}");
            Require(rule.Inputs < 0 ? inputs.Count > 0 : inputs.Count == rule.Inputs, $"{operation} has {inputs.Count} inputs");
            Require(rule.Outputs < 0 ? outputs.Count > 0 : outputs.Count == rule.Outputs, $"{operation} has {outputs.Count} outputs");
            foreach (var input in inputs)
            {
                Require(known.Contains(input), $"{operation} uses {input} before it is given");
                used.Add(input);
            }

            foreach (var output in outputs)
            {
                Require(output.Length > 0 && known.Add(output), $"{output} is given twice");
            }
        }

        foreach (var name in Outputs)
        {
            Require(known.Contains(name), $"the result {name} is never given");
        }

        foreach (var name in known)
        {
            Require(used.Contains(name), $"{name} is never used");
        }
    }

    private void CheckTensor(List<(int Number, ulong Value, byte[] Bytes)> tensor)
    {
        var count = tensor.Where(field => field.Number == 1).Aggregate(1L, (product, field) => product * (long)field.Value);
        var size = Number(tensor, 2) switch { 1 => 4, 7 => 8, 10 => 2, var type => -(int)type };
        Require(size > 0, $"{Text(tensor, 8)} has the type {-size}");
        Require(Single(tensor, 9).Length == count * size, $"{Text(tensor, 8)} has not the bytes of its shape");
    }

    private void Require(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }

    private static IEnumerable<string> Named(List<(int Number, ulong Value, byte[] Bytes)> graph, int field)
        => graph.Where(entry => entry.Number == field).Select(entry => Text(Fields(entry.Bytes).ToList(), field == 5 ? 8 : 1));

    private static string Text(List<(int Number, ulong Value, byte[] Bytes)> message, int field) => Encoding.UTF8.GetString(Single(message, field));

    private static long Number(List<(int Number, ulong Value, byte[] Bytes)> message, int field)
        => (long)message.Single(entry => entry.Number == field).Value;

    private static byte[] Single(List<(int Number, ulong Value, byte[] Bytes)> message, int field)
        => message.Single(entry => entry.Number == field).Bytes;

    private static IEnumerable<(int Number, ulong Value, byte[] Bytes)> Fields(byte[] message)
    {
        for (var position = 0; position < message.Length;)
        {
            var tag = Varint();
            switch (tag & 7)
            {
                case 0:
                    yield return ((int)(tag >> 3), Varint(), []);
                    break;
                case 2:
                    var length = (int)Varint();
                    yield return ((int)(tag >> 3), 0, message[position..(position + length)]);
                    position += length;
                    break;
                case 5:
                    yield return ((int)(tag >> 3), BitConverter.ToUInt32(message, position), []);
                    position += 4;
                    break;
                default:
                    throw new InvalidDataException($"field of kind {tag & 7}");
            }

            ulong Varint()
            {
                ulong value = 0;
                for (var shift = 0; ; shift += 7)
                {
                    var part = message[position++];
                    value |= (ulong)(part & 0x7F) << shift;
                    if (part < 0x80)
                    {
                        return value;
                    }
                }
            }
        }
    }
}

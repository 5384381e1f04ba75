using System.Buffers.Binary;
using System.Collections.Immutable;
using Google.Protobuf;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export;

/// <summary>
/// Writes an ONNX graph node by node, in the order in which it runs. A node has the name of its module, and its
/// output has the same name, so that a viewer shows the names of the network and the same network gives the same bytes.
/// </summary>
internal sealed partial class OnnxGraph
{
    /// <summary>The operator set of the original's exports, which all of its runtimes support.</summary>
    public const int OperatorSet = 11;

    private const int IrVersion = 6;

    private readonly GraphProto _graph;
    private readonly HashSet<string> _names;
    private readonly int? _batch;

    /// <summary>Starts a graph.</summary>
    /// <param name="batch">The batch size; null if it is dynamic.</param>
    /// <param name="isArranged">Whether channels have an order that suits 8-bit kernels, and not the network's.</param>
    public OnnxGraph(int? batch, bool isArranged = false)
        : this(new GraphProto { Name = "nanodet" }) => (_batch, IsArranged) = (batch, isArranged);

    /// <summary>Continues a written graph, with batch size 1.</summary>
    /// <param name="graph">The graph, which is changed.</param>
    public OnnxGraph(GraphProto graph)
    {
        _graph = graph;
        _batch = 1;
        _names = graph.Node.SelectMany(node => node.Output).Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.Input.Select(input => input.Name)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether channels have an order that suits 8-bit kernels, and not the network's.</summary>
    public bool IsArranged { get; }

    /// <summary>The convolutions that were written, with their names.</summary>
    public List<(string Name, FoldedConvolution Convolution)> Convolutions { get; } = [];

    /// <summary>The first dimension in a written shape; -1 if it is computed.</summary>
    public long Batch => _batch ?? -1;

    /// <summary>Declares the input images, [batch, channels, height, width].</summary>
    public Value Input(string name, int channels, int height, int width)
    {
        Declare(name);
        _graph.Input.Add(Describe(name, TensorProto.Types.DataType.Float, [Batch, channels, height, width], "batch"));
        return new Value(name, channels, height, width);
    }

    /// <summary>Declares a result.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Type of its numbers.</param>
    /// <param name="shape">Its shape; -1 for a dynamic dimension.</param>
    /// <param name="open">The name of the dynamic dimension.</param>
    public void Output(string name, TensorProto.Types.DataType type, ReadOnlySpan<long> shape, string open)
        => _graph.Output.Add(Describe(name, type, shape, open));

    /// <summary>Adds a constant of floating-point numbers.</summary>
    public string Constant(string name, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return Constant(name, TensorProto.Types.DataType.Float, shape, bytes);
    }

    /// <summary>Adds a constant list of whole numbers.</summary>
    public string Constant(string name, params ReadOnlySpan<long> values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return Constant(name, TensorProto.Types.DataType.Int64, [values.Length], bytes);
    }

    /// <summary>Adds a constant whole number.</summary>
    public string Index(string name, long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Constant(name, TensorProto.Types.DataType.Int64, [], bytes);
    }

    /// <summary>Adds a node with one output that has the same name.</summary>
    /// <returns>The name.</returns>
    public string Node(string operation, string name, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
        => Node(operation, name, inputs, [name], attributes)[0];

    /// <summary>Adds a node.</summary>
    /// <returns>The names of its outputs.</returns>
    public ImmutableArray<string> Node(
        string operation, string name, ReadOnlySpan<string> inputs, ImmutableArray<string> outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        foreach (var input in inputs)
        {
            node.Input.Add(input);
        }

        foreach (var output in outputs)
        {
            Declare(output);
            node.Output.Add(output);
        }

        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Returns the model.</summary>
    /// <param name="properties">The metadata, in this order.</param>
    public ModelProto ToModel(IEnumerable<KeyValuePair<string, string>> properties)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "NanoDet.Build",
            ProducerVersion = typeof(OnnxGraph).Assembly.GetName().Version!.ToString(3),
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        model.MetadataProps.AddRange(properties.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model;
    }

    /// <summary>A node attribute: a whole number.</summary>
    public static AttributeProto Number(string name, long value)
        => new() { Name = name, Type = AttributeProto.Types.Type.Int, I = value };

    /// <summary>A node attribute: a floating-point number.</summary>
    public static AttributeProto Number(string name, float value)
        => new() { Name = name, Type = AttributeProto.Types.Type.Float, F = value };

    /// <summary>A node attribute: a string.</summary>
    public static AttributeProto Text(string name, string value)
        => new() { Name = name, Type = AttributeProto.Types.Type.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>A node attribute: a list of whole numbers.</summary>
    public static AttributeProto Numbers(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.Type.Ints };
        foreach (var value in values)
        {
            attribute.Ints.Add(value);
        }

        return attribute;
    }

    private static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, ReadOnlySpan<long> shape, string open)
    {
        var dimensions = new TensorShapeProto();
        foreach (var side in shape)
        {
            dimensions.Dim.Add(side >= 0
                ? new TensorShapeProto.Types.Dimension { DimValue = side }
                : new TensorShapeProto.Types.Dimension { DimParam = open });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } },
        };
    }

    private string Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<long> shape, byte[] bytes)
    {
        Declare(name);
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (var side in shape)
        {
            tensor.Dims.Add(side);
        }

        _graph.Initializer.Add(tensor);
        return name;
    }

    private bool Has(string name) => _names.Contains(name);

    private void Declare(string name)
    {
        if (!_names.Add(name))
        {
            throw new InvalidOperationException($"the graph has two values named {name}");
        }
    }
}

using System.Collections.Immutable;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Quantization;

/// <summary>
/// Which channels of a graph's feature maps must be multiplied by the same number, so that the graph computes the same: a convolution
/// can multiply each channel that it writes, and divide each that it reads, and all that lies between two convolutions keeps factors.
/// </summary>
internal sealed class ChannelClasses
{
    private readonly Dictionary<string, ImmutableArray<int>> _maps = new(StringComparer.Ordinal);
    private readonly List<int> _parents = [];
    private readonly HashSet<int> _fixed = [];

    /// <summary>Finds the classes.</summary>
    public ChannelClasses(GraphProto graph)
    {
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var input in graph.Input)
        {
            _maps[input.Name] = New((int)input.Type.TensorType.Shape.Dim[1].DimValue);
            Fix(input.Name);
        }

        foreach (var node in graph.Node)
        {
            Follow(node, constants);
        }

        foreach (var output in graph.Output)
        {
            Fix(output.Name);
        }
    }

    /// <summary>The classes that there are at most.</summary>
    public int Count => _parents.Count;

    /// <summary>The class of each channel of a feature map; empty where the channels are not known, which then have no factor.</summary>
    public ImmutableArray<int> Of(string map) => _maps.TryGetValue(map, out var channels) ? [.. channels.Select(Root)] : [];

    /// <summary>Whether a class has no factor.</summary>
    public bool IsFixed(int channelClass) => _fixed.Any(one => Root(one) == channelClass);

    private void Follow(NodeProto node, Dictionary<string, TensorProto> constants)
    {
        var known = node.Input.All(input => constants.ContainsKey(input) || _maps.ContainsKey(input));
        switch (node.OpType)
        {
            case "Conv":
                var weight = constants[node.Input[1]];
                if (_maps.TryGetValue(node.Input[0], out var read) && weight.Dims[1] != read.Length && !IsDepthwise(weight, read.Length))
                {
                    Fix(node.Input[0]);
                }

                _maps[node.Output[0]] = New((int)weight.Dims[0]);
                break;
            case "LeakyRelu" or "Relu" or "MaxPool" or "Resize" when known:
                _maps[node.Output[0]] = _maps[node.Input[0]];
                break;
            case "Split" when known && Axis(node) == 1:
                var first = 0;
                foreach (var (output, size) in node.Output.Zip(node.Attribute.Single(attribute => attribute.Name == "split").Ints))
                {
                    _maps[output] = _maps[node.Input[0]].Slice(first, (int)size);
                    first += (int)size;
                }

                break;
            case "Concat" when known && Axis(node) == 1:
                _maps[node.Output[0]] = [.. node.Input.SelectMany(input => _maps[input])];
                break;
            case "Add" when known && node.Input.All(_maps.ContainsKey) && _maps[node.Input[0]].Length == _maps[node.Input[1]].Length:
                foreach (var (a, b) in _maps[node.Input[0]].Zip(_maps[node.Input[1]]))
                {
                    _parents[Root(a)] = Root(b);
                }

                _maps[node.Output[0]] = _maps[node.Input[0]];
                break;
            default:
                foreach (var input in node.Input)
                {
                    Fix(input);
                }

                break;
        }
    }

    /// <summary>Whether each channel has a kernel of its own.</summary>
    public static bool IsDepthwise(TensorProto weight, int channels) => weight.Dims[1] == 1 && weight.Dims[0] == channels;

    private static long Axis(NodeProto node) => node.Attribute.Single(attribute => attribute.Name == "axis").I;

    private ImmutableArray<int> New(int channels)
    {
        var first = _parents.Count;
        _parents.AddRange(Enumerable.Range(first, channels));
        return [.. Enumerable.Range(first, channels)];
    }

    private void Fix(string map)
    {
        if (_maps.TryGetValue(map, out var channels))
        {
            _fixed.UnionWith(channels);
        }
    }

    private int Root(int channel)
    {
        while (_parents[channel] != channel)
        {
            channel = _parents[channel];
        }

        return channel;
    }
}

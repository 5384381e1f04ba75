using System.Collections.Immutable;
using Google.Protobuf;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Quantization;

/// <summary>
/// Turns an exported model with 32-bit numbers into one that computes with 8 bits: pairs of <c>QuantizeLinear</c> and
/// <c>DequantizeLinear</c> around the convolutions and what lies between them, which runtimes merge into 8-bit operators. Weights
/// are symmetric with a scale for each channel, feature maps have one scale and a zero. Input, output and what follows the last
/// convolutions keep 32 bits.
/// </summary>
public sealed class OnnxQuantizer
{
    private readonly byte[] _single;

    /// <summary>Reads a model.</summary>
    /// <param name="single">A file of <see cref="OnnxExporter"/> with 32-bit numbers.</param>
    internal OnnxQuantizer(byte[] single)
    {
        _single = single;
        var graph = ModelProto.Parser.ParseFrom(single).Graph;
        Convolutions = [.. graph.Node.Where(node => node.OpType == "Conv").Select(node => node.Name)];
        var parts = new QuantizableGraph(graph, ImmutableHashSet<string>.Empty);
        Maps = [.. parts.Tensors.Select(name => new ObservedMap(name, parts.Root(name), parts.Activated(name), parts.SlopeAfter(name)))];
    }

    /// <summary>The model with 32-bit numbers.</summary>
    public ReadOnlyMemory<byte> Single => _single;

    /// <summary>The convolutions, in the order in which they run.</summary>
    public ImmutableArray<string> Convolutions { get; }

    /// <summary>The feature maps whose range a calibration has to find.</summary>
    public ImmutableArray<ObservedMap> Maps { get; }

    /// <summary>Returns the model with <see cref="Maps"/> as its outputs, in this order; the input is an output of none.</summary>
    public byte[] Observable()
    {
        var model = ModelProto.Parser.ParseFrom(_single);
        foreach (var map in Maps.Where(map => !model.Graph.Input.Any(input => input.Name == map.Name)))
        {
            model.Graph.Output.Add(new ValueInfoProto
            {
                Name = map.Name,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } },
            });
        }

        return model.ToByteArray();
    }

    /// <summary>Returns the same model with channels of the same size.</summary>
    /// <param name="extents">How large the numbers of each channel of <see cref="Maps"/> are.</param>
    public OnnxQuantizer Equalize(IReadOnlyDictionary<string, float[]> extents)
    {
        var model = ModelProto.Parser.ParseFrom(_single);
        ChannelEqualization.Apply(model.Graph, extents);
        return new OnnxQuantizer(model.ToByteArray());
    }

    /// <summary>Returns the quantized model.</summary>
    /// <param name="ranges">The range of each of <see cref="Maps"/>.</param>
    /// <param name="kept">Convolutions that keep 32 bits.</param>
    /// <param name="means">The means of <see cref="Maps"/>, so that biases make up for what rounding adds on average; null to leave biases alone.</param>
    public byte[] Quantize(
        IReadOnlyDictionary<string, ActivationRange> ranges, IReadOnlySet<string> kept, IReadOnlyDictionary<string, ChannelMeans>? means = null)
    {
        var model = ModelProto.Parser.ParseFrom(_single);
        new QuantizedGraph(model, new QuantizableGraph(model.Graph.Clone(), kept), ranges, kept, means).Write();
        return model.ToByteArray();
    }
}

using System.Buffers.Binary;
using Google.Protobuf;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Quantization;

/// <summary>
/// Multiplies channels so that those of a feature map are more alike in size, because all share one scale with 8 bits: the convolutions
/// before and after take the factors into their weights, and the network computes the same. Half of the difference stays (the square
/// root), because the weights share scales too (Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias
/// Correction", 2019).
/// </summary>
internal static class ChannelEqualization
{
    // A channel that is silent on the pictures of the calibration may speak on others.
    private const float LeastShare = 1 / 32f;

    /// <summary>Changes the weights of a graph.</summary>
    /// <param name="graph">The graph, which is changed.</param>
    /// <param name="extents">How large the numbers of each channel of feature maps are.</param>
    public static void Apply(GraphProto graph, IReadOnlyDictionary<string, float[]> extents)
    {
        var classes = new ChannelClasses(graph);
        var factors = Factors(classes, extents);
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.OpType == "Conv"))
        {
            var (weight, bias) = (constants[node.Input[1]], constants[node.Input[2]]);
            float[] read = [.. classes.Of(node.Input[0]).Select(one => factors[one])];
            float[] written = [.. classes.Of(node.Output[0]).Select(one => factors[one])];
            var isDepthwise = ChannelClasses.IsDepthwise(weight, read.Length);
            var (weights, offsets) = (ChannelWeights.Singles(weight), ChannelWeights.Singles(bias));
            var (width, kernel) = ((int)weight.Dims[1], (int)(weight.Dims[2] * weight.Dims[3]));
            for (var i = 0; i < weights.Length; i++)
            {
                var (output, input) = (i / (width * kernel), i / kernel % width);
                weights[i] *= written[output] / (read.Length == 0 ? 1 : read[isDepthwise ? output : input]);
            }

            for (var i = 0; i < offsets.Length; i++)
            {
                offsets[i] *= written[i];
            }

            weight.RawData = Bytes(weights);
            bias.RawData = Bytes(offsets);
        }
    }

    private static float[] Factors(ChannelClasses classes, IReadOnlyDictionary<string, float[]> extents)
    {
        var sizes = new float[classes.Count];
        foreach (var (map, values) in extents)
        {
            var least = values.Max() * LeastShare;
            foreach (var (one, size) in classes.Of(map).Zip(values))
            {
                sizes[one] = Math.Max(sizes[one], Math.Max(size, least));
            }
        }

        return [.. sizes.Select((size, one) => size > 0 && !classes.IsFixed(one) ? 1 / MathF.Sqrt(size) : 1)];
    }

    private static ByteString Bytes(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }
}

using System.Buffers.Binary;
using NanoDet.Training.Export.Schema;

namespace NanoDet.Training.Export.Quantization;

/// <summary>The weights of a convolution in 8 bits, from -127 to 127, with a scale for each output channel.</summary>
internal sealed class ChannelWeights
{
    /// <summary>Quantizes.</summary>
    /// <param name="weight">[out, in / groups, kernel, kernel].</param>
    /// <param name="leastScales">The smallest scale that each output channel may have.</param>
    public ChannelWeights(TensorProto weight, ReadOnlySpan<float> leastScales)
    {
        var channels = (int)weight.Dims[0];
        var values = Singles(weight);
        Values = new byte[values.Length];
        Scales = new float[channels];
        var length = values.Length / channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var kernel = values.AsSpan(channel * length, length);
            var scale = Scales[channel] = Math.Max(Scale(kernel), leastScales[channel]);
            for (var i = 0; i < length; i++)
            {
                Values[(channel * length) + i] = (byte)(sbyte)Step(kernel[i], scale);
            }
        }
    }

    /// <summary>The weights as signed bytes.</summary>
    public byte[] Values { get; }

    /// <summary>The scale of each output channel.</summary>
    public float[] Scales { get; }

    /// <summary>Takes from the offsets what rounding adds on average, away from borders.</summary>
    /// <param name="offsets">The offset of each output channel.</param>
    /// <param name="weight">The exact weights.</param>
    /// <param name="means">The means of the input.</param>
    public void Center(float[] offsets, TensorProto weight, ChannelMeans means)
    {
        var exact = Singles(weight);
        var (width, kernel) = ((int)weight.Dims[1], (int)(weight.Dims[2] * weight.Dims[3]));
        var isDepthwise = ChannelClasses.IsDepthwise(weight, means.Exact.Length);
        for (var i = 0; i < exact.Length; i++)
        {
            var (output, input) = (i / (width * kernel), i / kernel % width);
            input = isDepthwise ? output : input;
            offsets[output] -= ((sbyte)Values[i] * Scales[output] * means.Rounded[input]) - (exact[i] * means.Exact[input]);
        }
    }

    /// <summary>The numbers of a tensor with 32 bits.</summary>
    public static float[] Singles(TensorProto tensor)
    {
        var bytes = tensor.RawData.Span;
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return values;
    }

    // A channel of zeros takes any scale; the smallest keeps that of the bias above zero.
    private static float Scale(ReadOnlySpan<float> kernel)
    {
        var largest = 1e-6f;
        foreach (var weight in kernel)
        {
            largest = Math.Max(largest, Math.Abs(weight));
        }

        return largest / sbyte.MaxValue;
    }

    private static float Step(float weight, float scale) => Math.Clamp(MathF.Round(weight / scale), -sbyte.MaxValue, sbyte.MaxValue);
}

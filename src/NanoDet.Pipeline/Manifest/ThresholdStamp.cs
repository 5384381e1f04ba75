using System.Buffers.Binary;
using System.Text;
using NanoDet.Core.Models;
using NanoDet.Core.Onnx;

namespace NanoDet.Pipeline.Manifest;

/// <summary>
/// Writes the score threshold of a model into its exported files. The threshold is measured with the exported file, so an export has
/// the default, and only the files that leave the build have the measured one. Field numbers are those of <c>onnx.proto</c>.
/// </summary>
public static class ThresholdStamp
{
    private const int ModelGraph = 7;
    private const int ModelProperty = 14;
    private const int GraphInitializer = 5;
    private const int TensorName = 8;
    private const int TensorNumbers = 9;
    private const int PropertyKey = 1;
    private const int PropertyValue = 2;

    /// <summary>Returns a file with another threshold: in its metadata and, where the decoding is inside, in its graph.</summary>
    /// <param name="model">A file of the exporter; not changed.</param>
    /// <param name="threshold">The threshold, from 0 to 1.</param>
    /// <returns>The file's bytes; the same file and threshold give the same bytes.</returns>
    /// <exception cref="FormatException">It is not a file of the exporter; the message is half a sentence.</exception>
    public static byte[] Write(ReadOnlySpan<byte> model, double threshold)
    {
        var (start, end) = (0, 0);
        var reader = new WireReader(model);
        while (reader.Read())
        {
            if (reader.Field == ModelProperty && WireReader.TextOf(reader.Bytes, PropertyKey) == ModelMetadataProperties.ScoreThresholdKey)
            {
                (start, end) = (reader.Start, reader.End);
            }
        }

        if (end == 0)
        {
            throw new FormatException("it has no score threshold");
        }

        byte[] pair =
        [
            .. Text(PropertyKey, ModelMetadataProperties.ScoreThresholdKey),
            .. Text(PropertyValue, ModelMetadataProperties.Number(threshold)),
        ];
        byte[] stamped = [.. model[..start], .. WireReader.Header(ModelProperty, pair.Length), .. pair, .. model[end..]];
        SetConstant(stamped, (float)threshold);
        return stamped;
    }

    // Four bytes for four bytes, so nothing else moves.
    private static void SetConstant(Span<byte> model, float threshold)
    {
        var whole = new WireReader(model);
        while (whole.Read())
        {
            var graph = new WireReader(whole.Field == ModelGraph ? whole.Bytes : []);
            while (graph.Read())
            {
                if (graph.Field == GraphInitializer && WireReader.TextOf(graph.Bytes, TensorName) == ModelMetadataProperties.ScoreThresholdConstant)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(model.Slice(NumberIn(model, graph.Bytes), sizeof(float)), threshold);
                }
            }
        }
    }

    private static int NumberIn(ReadOnlySpan<byte> model, ReadOnlySpan<byte> tensor)
    {
        var reader = new WireReader(tensor);
        while (reader.Read())
        {
            if (reader.Field == TensorNumbers && reader.Bytes.Length == sizeof(float) && model.Overlaps(reader.Bytes, out var place))
            {
                return place;
            }
        }

        throw new FormatException("its score threshold is not one number");
    }

    private static byte[] Text(int field, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. WireReader.Header(field, bytes.Length), .. bytes];
    }
}

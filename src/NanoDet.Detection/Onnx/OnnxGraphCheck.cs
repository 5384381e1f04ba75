using NanoDet.Core.Diagnostics;
using NanoDet.Core.Onnx;
using NanoDet.Detection.Diagnostics;

namespace NanoDet.Detection.Onnx;

/// <summary>
/// Rejects graphs that refer to other files, can run forever, or claim weights that the file does not contain. Field numbers
/// are those of <c>onnx.proto</c>.
/// </summary>
/// <param name="path">The name that diagnostics carry.</param>
internal sealed class OnnxGraphCheck(string path)
{
    private const int GraphNode = 1;
    private const int GraphInitializer = 5;
    private const int GraphSparseInitializer = 15;
    private const int NodeOperator = 4;
    private const int NodeAttribute = 5;
    private const int AttributeTensor = 5;
    private const int AttributeGraph = 6;
    private const int AttributeTensors = 10;
    private const int AttributeGraphs = 11;
    private const int AttributeSparseTensor = 22;
    private const int AttributeSparseTensors = 23;
    private const int TensorSide = 1;
    private const int TensorType = 2;
    private const int TensorName = 8;
    private const int TensorExternalData = 13;
    private const int TensorDataLocation = 14;
    private const int Float = 1;
    private const int Double = 11;
    private const int FirstTypeBelowOneByte = 21;

    /// <summary>Checks a graph.</summary>
    /// <returns>The names of its weights.</returns>
    /// <exception cref="NanoDetException">NDB6003 or NDB6004.</exception>
    /// <exception cref="FormatException">It is damaged, or a weight claims more bytes than the file has.</exception>
    public HashSet<string> Check(ReadOnlySpan<byte> graph)
    {
        var weights = new HashSet<string>(StringComparer.Ordinal);
        var reader = new WireReader(graph);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case GraphNode:
                    CheckNode(reader.Bytes);
                    break;
                case GraphInitializer:
                    CheckTensor(reader.Bytes);
                    weights.Add(WireReader.TextOf(reader.Bytes, TensorName));
                    break;
                case GraphSparseInitializer:
                    throw new NanoDetException(DetectionDiagnostics.UnsafeOperator(path, "sparse weights"));
            }
        }

        return weights;
    }

    // A loop may run forever and a branch hides a second graph; no NanoDet model has either.
    private void CheckNode(ReadOnlySpan<byte> node)
    {
        var nodeReader = new WireReader(node);
        while (nodeReader.Read())
        {
            if (nodeReader.Field != NodeAttribute)
            {
                continue;
            }

            var attribute = new WireReader(nodeReader.Bytes);
            while (attribute.Read())
            {
                switch (attribute.Field)
                {
                    case AttributeTensor or AttributeTensors:
                        CheckTensor(attribute.Bytes);
                        break;
                    case AttributeSparseTensor or AttributeSparseTensors:
                        throw new NanoDetException(DetectionDiagnostics.UnsafeOperator(path, "sparse weights"));
                    case AttributeGraph or AttributeGraphs:
                        throw new NanoDetException(DetectionDiagnostics.UnsafeOperator(path, $"the operator {WireReader.TextOf(node, NodeOperator)}"));
                }
            }
        }
    }

    private void CheckTensor(ReadOnlySpan<byte> tensor)
    {
        var (numbers, type) = (1d, 0UL);
        var reader = new WireReader(tensor);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case TensorSide:
                    numbers *= Numbers(reader);
                    break;
                case TensorType:
                    type = reader.Number;
                    break;
                case TensorExternalData:
                case TensorDataLocation when reader.Number != 0:
                    throw new NanoDetException(DetectionDiagnostics.ExternalData(path, WireReader.TextOf(tensor, TensorName)));
            }
        }

        // The sides decide how much memory is allocated, so they must not claim more than the bytes can contain.
        var most = type switch
        {
            Float => tensor.Length / 4,
            Double => tensor.Length / 8,
            >= FirstTypeBelowOneByte => 4L * tensor.Length,
            _ => tensor.Length,
        };
        if (numbers > most)
        {
            throw new FormatException("a weight claims more numbers than the file has bytes for");
        }
    }

    // Sides are stored one by one or packed; a negative side is read as a very large one.
    private static double Numbers(WireReader side)
    {
        if (side.Bytes.IsEmpty)
        {
            return side.Number;
        }

        var product = 1d;
        foreach (var number in WireReader.PackedNumbers(side.Bytes))
        {
            product *= number;
        }

        return product;
    }
}

using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Core.Onnx;
using NanoDet.Detection.Diagnostics;

namespace NanoDet.Detection.Onnx;

/// <summary>
/// Prepares the bytes of an ONNX file for ONNX Runtime: rejects what <see cref="OnnxGraphCheck"/> finds, and removes weights from
/// the list of inputs. Field numbers are those of <c>onnx.proto</c>.
/// </summary>
internal static class OnnxModelFile
{
    /// <summary>Larger files are rejected without reading them; the largest NanoDet model has about thirty megabytes.</summary>
    public const long MaximumLength = 512L << 20;

    private const int ModelGraph = 7;
    private const int ModelProperty = 14;
    private const int ModelFunctions = 25;
    private const int GraphInput = 11;
    private const int ValueName = 1;
    private const int PropertyKey = 1;
    private const int PropertyValue = 2;

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="NanoDetException">NDB6001 or NDB6002.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MaximumLength
                ? RegularFile.ReadAllBytes(path)
                : throw new NanoDetException(DetectionDiagnostics.NotOnnx(path, $"it has {length >> 20} MB, but at most {MaximumLength >> 20} MB are allowed"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(DetectionDiagnostics.ModelUnreadable(path, exception.Message), exception);
        }
    }

    /// <summary>Reads a stream to its end; what it throws is passed on.</summary>
    /// <exception cref="NanoDetException">NDB6002.</exception>
    public static ReadOnlyMemory<byte> Read(Stream stream, string name)
        => BoundedStream.ReadToEnd(stream, MaximumLength)
            ?? throw new NanoDetException(DetectionDiagnostics.NotOnnx(name, $"it has more than {MaximumLength >> 20} MB, and at most that is allowed"));

    /// <summary>Checks a model, and removes the inputs that repeat a weight.</summary>
    /// <remarks>
    /// The original exports with <c>keep_initializers_as_inputs</c>: every weight could then be replaced by a caller, so ONNX
    /// Runtime folds no constant and prints a warning for each.
    /// </remarks>
    /// <param name="model">The file's bytes.</param>
    /// <param name="path">The name that diagnostics carry.</param>
    /// <returns>The same array if nothing has to be removed, otherwise a new one; and the metadata of the file.</returns>
    /// <exception cref="NanoDetException">NDB6002, NDB6003 or NDB6004.</exception>
    public static (byte[] Model, IReadOnlyDictionary<string, string> Properties) Prepare(byte[] model, string path)
    {
        try
        {
            var (start, end) = FindGraph(model, path);
            var graph = ContentOf(model.AsSpan(start, end - start));
            var kept = new MemoryStream(graph.Length);
            var weights = new OnnxGraphCheck(path).Check(graph);
            var reader = new WireReader(graph);
            while (reader.Read())
            {
                if (reader.Field != GraphInput || !weights.Contains(WireReader.TextOf(reader.Bytes, ValueName)))
                {
                    kept.Write(graph[reader.Start..reader.End]);
                }
            }

            return (kept.Length == graph.Length ? model : Replace(model, start, end, kept), ReadProperties(model));
        }
        catch (FormatException exception)
        {
            throw new NanoDetException(DetectionDiagnostics.NotOnnx(path, LargeFilePointer.Is(model) ? LargeFilePointer.Told : WeightSignature.Explain(model) ?? exception.Message), exception);
        }
    }

    private static (int Start, int End) FindGraph(ReadOnlySpan<byte> model, string path)
    {
        var (start, end) = (-1, -1);
        var reader = new WireReader(model);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case ModelGraph when start >= 0:
                    throw new FormatException("it has two graphs");
                case ModelGraph:
                    (start, end) = (reader.Start, reader.End);
                    break;
                case ModelFunctions:
                    throw new NanoDetException(DetectionDiagnostics.UnsafeOperator(path, "a local function"));
            }
        }

        return start >= 0 ? (start, end) : throw new FormatException(model.IsEmpty ? "it is empty" : "it has no graph");
    }

    private static ReadOnlySpan<byte> ContentOf(ReadOnlySpan<byte> field)
    {
        var reader = new WireReader(field);
        reader.Read();
        return reader.Bytes;
    }

    private static Dictionary<string, string> ReadProperties(ReadOnlySpan<byte> model)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new WireReader(model);
        while (reader.Read())
        {
            if (reader.Field == ModelProperty && !properties.TryAdd(WireReader.TextOf(reader.Bytes, PropertyKey), WireReader.TextOf(reader.Bytes, PropertyValue)))
            {
                throw new FormatException("a metadata property is repeated");
            }
        }

        return properties;
    }

    private static byte[] Replace(byte[] model, int start, int end, MemoryStream graph)
    {
        var result = new MemoryStream(model.Length);
        result.Write(model, 0, start);
        result.Write(WireReader.Header(ModelGraph, (int)graph.Length));
        graph.WriteTo(result);
        result.Write(model, end, model.Length - end);
        return result.ToArray();
    }
}

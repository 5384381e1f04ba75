using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Diagnostics;
using NanoDet.Detection.Diagnostics;

namespace NanoDet.Detection.Models;

/// <summary>The only input and the only output of a NanoDet model; a dynamic side is -1.</summary>
/// <param name="InputName">Name of the input, <c>data</c>.</param>
/// <param name="OutputName">Name of the output, <c>output</c>.</param>
/// <param name="Batch">The batch size.</param>
/// <param name="Width">Width of the input, in pixels.</param>
/// <param name="Height">Height of the input, in pixels.</param>
/// <param name="Rows">Predictions for one image.</param>
/// <param name="Columns">Numbers of one prediction.</param>
internal sealed record ModelShape(string InputName, string OutputName, int Batch, int Width, int Height, int Rows, int Columns)
{
    private const int MaximumSide = 8192;

    /// <summary>Reads the shape from a session, and rejects models that are not NanoDet models.</summary>
    /// <exception cref="NanoDetException">NDB6006.</exception>
    public static ModelShape Of(InferenceSession session, string path)
    {
        var (inputName, input) = Single(session.InputMetadata, "input", path);
        if (session.OutputMetadata.Keys.Any(name => name.StartsWith("cls_pred_stride_", StringComparison.Ordinal)))
        {
            throw new NanoDetException(DetectionDiagnostics.NotNanoDet(
                path, "it has separate outputs for classes and distances at each stride, as the first NanoDet exported models for ncnn; export it with one output"));
        }

        if (session.OutputMetadata.Keys.Order(StringComparer.Ordinal).SequenceEqual(["boxes", "labels", "scores"]))
        {
            throw Refuse(path, "it has its decoding inside, for other runtimes; use the file beside it without '.detections' in its name");
        }

        var (outputName, output) = Single(session.OutputMetadata, "output", path);
        var (i, o) = (input.Dimensions, output.Dimensions);
        if (i.Length != 4 || i[1] is not (3 or -1))
        {
            throw Refuse(path, $"the input '{inputName}' has the shape [{string.Join(", ", i)}] instead of [batch, 3, height, width]");
        }

        if (o.Length != 3)
        {
            throw Refuse(path, $"the output '{outputName}' has the shape [{string.Join(", ", o)}] instead of [batch, predictions, columns]");
        }

        if (i[2] is 0 or > MaximumSide || i[3] is 0 or > MaximumSide)
        {
            throw Refuse(path, $"the input shape [{string.Join(", ", i)}] has a side that is not 1 to {MaximumSide} pixels");
        }

        if (i[0] is not (1 or -1))
        {
            throw Refuse(path, $"its batch size is fixed at {i[0]}; it must be 1 or dynamic");
        }

        return new ModelShape(inputName, outputName, i[0], i[3], i[2], o[1], o[2]);
    }

    private static (string Name, NodeMetadata Node) Single(IReadOnlyDictionary<string, NodeMetadata> nodes, string kind, string path)
    {
        if (nodes.Count != 1)
        {
            throw Refuse(path, $"it has {nodes.Count} {kind}s ({string.Join(", ", nodes.Keys.Take(8))}) instead of one");
        }

        var (name, node) = nodes.First();
        return node.IsTensor && node.ElementType == typeof(float)
            ? (name, node)
            : throw Refuse(path, $"the {kind} '{name}' does not have 32-bit floating-point numbers");
    }

    private static NanoDetException Refuse(string path, string reason) => new(DetectionDiagnostics.NotNanoDet(path, reason));
}

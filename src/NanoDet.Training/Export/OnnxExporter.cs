using Google.Protobuf;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export.Quantization;
using NanoDet.Training.Export.Schema;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;

namespace NanoDet.Training.Export;

/// <summary>
/// Exports a network as an ONNX file like the original's <c>tools/export_onnx.py</c>: input <c>data</c>
/// [batch, 3, height, width], output <c>output</c> [batch, priors, classes + 4 (reg_max + 1)] with sigmoid applied to the
/// classes. Batch normalisation is folded into the convolutions, weights are not inputs, and the file has all metadata that
/// detection needs. The same network and metadata give the same bytes.
/// </summary>
public static class OnnxExporter
{
    /// <summary>Sides must be multiples of this, because the network halves its input five times and doubles it again.</summary>
    public const int SizeMultiple = 32;

    /// <summary>Exports a network.</summary>
    /// <param name="network">The network, on any device and in any mode; not changed.</param>
    /// <param name="metadata">The metadata of the file; must describe this network.</param>
    /// <param name="options">The options; null for batch size 1, 32 bits and raw predictions.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="NanoDetException">NDB5001: the input size is not possible.</exception>
    /// <exception cref="ArgumentException">The metadata describes another network.</exception>
    public static byte[] Export(DetectionNetwork network, ModelMetadata metadata, ExportOptions? options = null)
    {
        options ??= new ExportOptions();
        return Write(network, metadata, options, isArranged: false);
    }

    /// <summary>Exports a network so that it can be quantized; channels between its layers have another order.</summary>
    /// <param name="network">The network, on any device and in any mode; not changed.</param>
    /// <param name="metadata">The metadata of the file; must describe this network.</param>
    /// <param name="batch">The batch size; null if it is dynamic.</param>
    /// <exception cref="NanoDetException">NDB5001: the input size is not possible.</exception>
    /// <exception cref="ArgumentException">The metadata describes another network.</exception>
    public static OnnxQuantizer Quantizable(DetectionNetwork network, ModelMetadata metadata, int? batch = 1)
        => new(Write(network, metadata, new ExportOptions { Batch = batch }, isArranged: true));

    /// <summary>
    /// Adds the decoding to a file, for runtimes without ours: its outputs are then <c>boxes</c> [n, 4] as left, top, right, bottom in
    /// pixels of the input, <c>scores</c> [n] and <c>labels</c> [n], best detection first. The batch size is 1.
    /// </summary>
    /// <param name="model">A file of this exporter, of any precision and batch size; not changed.</param>
    /// <param name="metadata">The metadata of the file, with the thresholds to write into it.</param>
    /// <returns>The file's bytes; the same file and metadata give the same bytes.</returns>
    public static byte[] WithDetections(ReadOnlySpan<byte> model, ModelMetadata metadata)
    {
        var whole = ModelProto.Parser.ParseFrom(model);
        whole.Graph.Input.Single().Type.TensorType.Shape.Dim[0] = new() { DimValue = 1 };
        var predictions = whole.Graph.Output.Single().Name;
        whole.Graph.Output.Clear();
        new OnnxGraph(whole.Graph).Detections(predictions, metadata);
        return whole.ToByteArray();
    }

    private static byte[] Write(DetectionNetwork network, ModelMetadata metadata, ExportOptions options, bool isArranged)
    {
        var (width, height) = (metadata.InputWidth, metadata.InputHeight);
        if (width < SizeMultiple || height < SizeMultiple || width % SizeMultiple != 0 || height % SizeMultiple != 0)
        {
            throw new NanoDetException(ExportDiagnostics.InputSize(width, height, SizeMultiple));
        }

        if (metadata.Decoder.Columns != network.Head.OutputChannels || !metadata.Strides.SequenceEqual(network.Head.Strides))
        {
            throw new ArgumentException("the metadata describes another network", nameof(metadata));
        }

        using var pause = new FinalizerPause();
        var graph = new OnnxGraph(options.Batch, isArranged);
        var image = graph.Input("data", 3, height, width);
        var predictions = graph.Network(network, image, "output");
        if (options.Precision == ExportPrecision.Half)
        {
            graph.HalvePrecision(predictions);
        }

        graph.Output(
            predictions, TensorProto.Types.DataType.Float, [graph.Batch, metadata.Decoder.Rows(width, height), metadata.Decoder.Columns], "batch");
        return graph.ToModel(ModelMetadataProperties.Write(metadata)).ToByteArray();
    }
}

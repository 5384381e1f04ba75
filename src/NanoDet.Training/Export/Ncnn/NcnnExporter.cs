using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Training.Export.Schema;
using NanoDet.Training.Networks;

namespace NanoDet.Training.Export.Ncnn;

/// <summary>
/// Exports a network for ncnn, which runs on phones: input <c>data</c>, output <c>output</c> with a row for each prior, as
/// <see cref="OnnxExporter"/> writes them. The same network gives the same bytes.
/// </summary>
public static class NcnnExporter
{
    /// <summary>Exports a network.</summary>
    /// <param name="network">The network; not changed.</param>
    /// <param name="metadata">Describes the network; ncnn's files have no metadata.</param>
    /// <param name="isHalf">Whether kernels are written with 16 bits, which halves the file.</param>
    /// <exception cref="NanoDetException">NDB5001: the input size is not possible; NDB5006: ncnn has no such operation.</exception>
    public static NcnnModel Export(DetectionNetwork network, ModelMetadata metadata, bool isHalf = false)
        => new NcnnGraph(ModelProto.Parser.ParseFrom(OnnxExporter.Export(network, metadata)).Graph, isHalf).Write();
}

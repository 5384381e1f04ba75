using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Training.Export;
using NanoDet.Worker.Requests;

namespace NanoDet.Worker.Export;

/// <summary>Trained weights in, an ONNX file out that ONNX Runtime was seen to compute rightly.</summary>
internal static class ExportStage
{
    /// <summary>Exports; the file appears only when it agrees with the network.</summary>
    /// <exception cref="DiagnosticException">NDB5001 to NDB5003, or a file that cannot be read.</exception>
    public static void Run(ExportRequest request)
    {
        var configuration = RequestedConfiguration.Read(request.Configuration);
        using var network = TrainedNetwork.Load(configuration.Model, request.Weights, request.Classes);
        var metadata = configuration.MetadataFor(request.Classes) with { Version = request.Version, License = request.License };
        var options = new ExportOptions { Batch = request.OpenBatch ? null : 1, Precision = request.Precision };

        var model = OnnxExporter.Export(network, metadata, options);
        ParityCheck.Require(network, model, metadata, options, request.Model);
        AtomicFile.Write(request.Model, model);
        if (request.DetectionsModel is { } path)
        {
            AtomicFile.Write(path, OnnxExporter.Export(network, metadata, options with { Postprocessing = true }));
        }
    }
}

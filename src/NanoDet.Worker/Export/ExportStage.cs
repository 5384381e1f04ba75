using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Requests;
using NanoDet.Training.Export;
using NanoDet.Training.Proof;
using NanoDet.Worker.Proof;
using NanoDet.Worker.Requests;
using TorchSharp;

namespace NanoDet.Worker.Export;

/// <summary>Exports trained weights as an ONNX file, and keeps it only if ONNX Runtime computes the same outputs as the network.</summary>
internal static class ExportStage
{
    /// <summary>Exports; the file is written only if it agrees with the network.</summary>
    /// <param name="request">The request.</param>
    /// <param name="gate">Finds an arithmetic that is correct on this machine, because the outputs that the file is compared with must be right.</param>
    /// <param name="cancellation">Stops an export that measures on pictures.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="NanoDetException">NDB5001 to NDB5005 or NDB5007, or a file that cannot be read.</exception>
    public static int Run(ExportRequest request, ProofGate gate, CancellationToken cancellation)
    {
        var configuration = RequestedConfiguration.Read(request.Configuration);
        var threads = request.Threads > 0 ? request.Threads : Environment.ProcessorCount;
        var subject = new ProofSubject
        {
            Configuration = configuration,
            DetectionBatch = ParityCheck.LargestBatch(request.Batch),
            Threads = threads,
            Instructions = request.Instructions,
        };
        return gate.Run(subject, _ =>
        {
            torch.set_num_threads(threads);
            Export(request, configuration, threads, cancellation);
        });
    }

    private static void Export(ExportRequest request, NanoDetConfiguration configuration, int threads, CancellationToken cancellation)
    {
        using var network = TrainedNetwork.Load(configuration.Model, request.Weights, request.Classes);
        var metadata = configuration.MetadataFor(request.Classes) with { Version = request.Version, License = request.License };
        var options = new ExportOptions { Batch = request.Batch == ExportBatch.Open ? null : 1, Precision = request.Calibration is null ? request.Precision : ExportPrecision.Single };

        var model = OnnxExporter.Export(network, metadata, options);
        ParityCheck.Require(network, model, metadata, options, request.Model);
        if (request.Calibration is { } calibration)
        {
            AtomicFile.Write(calibration.UnquantizedModel, model);
            model = QuantizedExport.Write(network, metadata, options.Batch, calibration, request.Model, threads, cancellation);
        }

        var detections = request.Detections is { } wanted ? DetectionsExport.Make(model, metadata, wanted, request.Model, threads, cancellation) : null;
        AtomicFile.Write(request.Model, model);
        if (detections is not null)
        {
            AtomicFile.Write(request.Detections!.Model, detections);
        }
    }
}

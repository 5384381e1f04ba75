using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Pipeline.Requests;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Worker.Export;

/// <summary>Adds the decoding to a model, and keeps the file only if it finds what the library finds with the model.</summary>
internal static class DetectionsExport
{
    /// <summary>The largest share of detections that only one of the two finds: rounding decides about a few that cover each other just enough.</summary>
    public const double Tolerance = 0.01;

    /// <summary>Makes the file.</summary>
    /// <param name="model">The model's bytes, of any precision.</param>
    /// <param name="metadata">The metadata of the model.</param>
    /// <param name="request">The pictures.</param>
    /// <param name="path">The name that the diagnostic carries.</param>
    /// <param name="threads">Threads of ONNX Runtime; 0 for one per core.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="NanoDetException">NDB5005: there is no picture; NDB5007: the two find something else; a picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static byte[] Make(byte[] model, ModelMetadata metadata, DetectionsRequest request, string path, int threads, CancellationToken cancellation)
    {
        var images = CalibrationPictures.Choose(DatasetFile.Read(request.Dataset));
        if (images.IsEmpty)
        {
            throw new NanoDetException(ExportDiagnostics.NoPictures(path, "A file with the decoding inside", "NanoDetExportDetections to false"));
        }

        var detections = OnnxExporter.WithDetections(model, metadata);
        var inputs = new CalibrationInputs(metadata, CalibrationPictures.Decode(images, request.ImageFolder), threads);
        Require(DetectionsAgreement.Of(model, detections, inputs, cancellation), path);
        return detections;
    }

    /// <summary>Refuses files that do not find the same.</summary>
    /// <param name="agreement">How far they do.</param>
    /// <param name="path">The name that the diagnostic carries.</param>
    /// <exception cref="NanoDetException">NDB5007.</exception>
    public static void Require(DetectionsAgreement agreement, string path)
    {
        if (!(agreement.Alone <= agreement.Total * Tolerance))
        {
            throw new NanoDetException(ExportDiagnostics.DetectionsDisagreement(path, agreement.Alone, agreement.Total, Tolerance));
        }
    }
}

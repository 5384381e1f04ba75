using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Requests;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Networks;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Worker.Export;

/// <summary>Exports trained weights with 8 bits, and keeps the file only if it still finds about the same.</summary>
internal static class QuantizedExport
{
    /// <summary>The largest allowed change of the scores on the pictures of the calibration, as a share of the scores.</summary>
    public const double Tolerance = 0.5;

    /// <summary>Exports, and writes which layers have 8 bits.</summary>
    /// <returns>The model's bytes.</returns>
    /// <exception cref="NanoDetException">NDB5004: the outputs differ too much; NDB5005: there is no picture; a picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static byte[] Write(
        DetectionNetwork network, ModelMetadata metadata, int? batch, CalibrationRequest request, string path, int threads, CancellationToken cancellation)
    {
        var images = CalibrationPictures.Choose(DatasetFile.Read(request.Dataset));
        if (images.IsEmpty)
        {
            throw new NanoDetException(ExportDiagnostics.NoPictures(path, "A model with 8 bits", "NanoDetPrecision to Single or Half"));
        }

        var model = QuantizedModel.Export(
            network, new CalibrationInputs(metadata, CalibrationPictures.Decode(images, request.ImageFolder), threads), batch, cancellation);
        if (!(model.Difference <= Tolerance))
        {
            throw new NanoDetException(ExportDiagnostics.QuantizationDisagreement(path, model.Difference, Tolerance));
        }

        AtomicFile.Write(request.Report, ManifestJson.Write(
            new ManifestQuantization(images.Length, Math.Round(model.Difference, 4), model.Quantized, model.Kept)));
        return model.File;
    }
}

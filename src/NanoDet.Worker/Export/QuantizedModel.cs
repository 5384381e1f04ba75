using System.Collections.Immutable;
using NanoDet.Training.Export;
using NanoDet.Training.Networks;

namespace NanoDet.Worker.Export;

/// <summary>A network exported with 8 bits.</summary>
/// <param name="File">The file's bytes.</param>
/// <param name="Difference">The root mean square of what the scores changed by, as a share of that of the scores.</param>
/// <param name="Quantized">The convolutions that compute with 8 bits, in the order in which they run.</param>
/// <param name="Kept">The convolutions that keep 32 bits because they lose too much.</param>
internal sealed record QuantizedModel(byte[] File, double Difference, ImmutableArray<string> Quantized, ImmutableArray<string> Kept)
{
    /// <summary>Exports a network. The same network and pictures give the same bytes on the same processor.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The pictures that ranges are measured on.</param>
    /// <param name="batch">The batch size; null if it is dynamic.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static QuantizedModel Export(DetectionNetwork network, CalibrationInputs inputs, int? batch, CancellationToken cancellation)
    {
        var (quantizer, ranges, means) = Calibration.Measure(OnnxExporter.Quantizable(network, inputs.Metadata, batch), inputs, cancellation);
        var findings = ModelFindings.Of(quantizer.Single.ToArray(), inputs, cancellation);
        var kept = KeptLayers.Choose(quantizer, ranges, inputs, cancellation);
        var file = quantizer.Quantize(ranges, kept, means);
        return new(
            file,
            findings.ScoreChange(ModelFindings.Of(file, inputs, cancellation)),
            [.. quantizer.Convolutions.Where(layer => !kept.Contains(layer))],
            [.. quantizer.Convolutions.Where(kept.Contains)]);
    }
}

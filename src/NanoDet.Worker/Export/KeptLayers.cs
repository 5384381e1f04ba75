using System.Collections.Immutable;
using NanoDet.Training.Export.Quantization;

namespace NanoDet.Worker.Export;

/// <summary>Chooses the convolutions that keep 32 bits, by what each of them alone changes in the scores if it has 8.</summary>
internal static class KeptLayers
{
    // What a few pictures show of an effect that is many times that of other layers is enough.
    private const int Pictures = 4;
    private const int AtMost = 4;

    // A layer is kept if it has more than this share of the squared error of all that are not kept.
    private const double LargestShare = 0.1;

    /// <summary>Chooses.</summary>
    /// <param name="quantizer">The model.</param>
    /// <param name="ranges">The range of each of its maps.</param>
    /// <param name="inputs">The pictures of the calibration; the first few are used.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The names of the convolutions.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImmutableHashSet<string> Choose(
        OnnxQuantizer quantizer, IReadOnlyDictionary<string, ActivationRange> ranges, CalibrationInputs inputs, CancellationToken cancellation)
    {
        inputs = inputs with { Pictures = [.. inputs.Pictures.Take(Pictures)] };
        var all = quantizer.Convolutions.ToImmutableHashSet(StringComparer.Ordinal);
        var expected = ModelFindings.Of(quantizer.Single.ToArray(), inputs, cancellation);
        var errors = quantizer.Convolutions
            .Select(layer => (Layer: layer, Error: expected.Change(ModelFindings.Of(quantizer.Quantize(ranges, all.Remove(layer)), inputs, cancellation))))
            .OrderByDescending(entry => entry.Error).ToList();
        var rest = errors.Sum(entry => entry.Error);
        var kept = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var (layer, error) in errors.Take(AtMost).TakeWhile(entry => entry.Error > rest * LargestShare))
        {
            kept.Add(layer);
            rest -= error;
        }

        return kept.ToImmutable();
    }
}

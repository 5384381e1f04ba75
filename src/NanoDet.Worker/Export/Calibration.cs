using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Training.Export.Quantization;

namespace NanoDet.Worker.Export;

/// <summary>Finds out how large the numbers of every feature map are, with ONNX Runtime and the pixels that detection would see.</summary>
internal sealed class Calibration
{
    private readonly OnnxQuantizer _quantizer;
    private readonly CalibrationInputs _inputs;
    private readonly CancellationToken _cancellation;

    private Calibration(OnnxQuantizer quantizer, CalibrationInputs inputs, CancellationToken cancellation)
        => (_quantizer, _inputs, _cancellation) = (quantizer, inputs, cancellation);

    private delegate void Visitor(ObservedMap map, ReadOnlySpan<float> values, int channels);

    /// <summary>Makes the channels of each map more alike in size, then finds each map's range and means: four passes over the pictures.</summary>
    /// <param name="quantizer">The model.</param>
    /// <param name="inputs">The pictures.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The model with other weights, which computes the same, and the range and means of each of its maps.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (OnnxQuantizer Quantizer, ImmutableDictionary<string, ActivationRange> Ranges, Dictionary<string, ChannelMeans> Means) Measure(
        OnnxQuantizer quantizer, CalibrationInputs inputs, CancellationToken cancellation)
    {
        var equal = quantizer.Equalize(new Calibration(quantizer, inputs, cancellation).Extents());
        var calibration = new Calibration(equal, inputs, cancellation);
        var ranges = calibration.Ranges();
        return (equal, ranges, calibration.Means(ranges));
    }

    private Dictionary<string, float[]> Extents()
    {
        var extents = new Dictionary<string, float[]>(StringComparer.Ordinal);
        ForEach((map, values, channels) =>
        {
            if (!extents.TryGetValue(map.Name, out var extent))
            {
                extents[map.Name] = extent = new float[channels];
            }

            var length = values.Length / channels;
            for (var channel = 0; channel < channels; channel++)
            {
                extent[channel] = Math.Max(extent[channel], Math.Abs(TensorPrimitives.MaxMagnitude(values.Slice(channel * length, length))));
            }
        });
        return extents;
    }

    private ImmutableDictionary<string, ActivationRange> Ranges()
    {
        var groups = _quantizer.Maps.GroupBy(map => map.Group, StringComparer.Ordinal).ToDictionary(group => group.Key, StringComparer.Ordinal);
        var ends = groups.Keys.ToDictionary(name => name, _ => new ActivationRange(0, 0), StringComparer.Ordinal);
        ForEach((map, values, _) => ends[map.Group] = new ActivationRange(
            Math.Min(ends[map.Group].Low, TensorPrimitives.Min(values)), Math.Max(ends[map.Group].High, TensorPrimitives.Max(values))));
        var histograms = ends.ToDictionary(end => end.Key, end => new ActivationHistogram(end.Value.Low, end.Value.High), StringComparer.Ordinal);
        ForEach((map, values, _) => histograms[map.Group].Add(values));
        var best = histograms.ToDictionary(
            pair => pair.Key, pair => pair.Value.Best(groups[pair.Key].Max(map => map.NegativeSlope)), StringComparer.Ordinal);
        return _quantizer.Maps.ToImmutableDictionary(map => map.Name, map => best[map.Group]);
    }

    private Dictionary<string, ChannelMeans> Means(ImmutableDictionary<string, ActivationRange> ranges)
    {
        var maps = _quantizer.Maps.ToDictionary(map => map.Name, StringComparer.Ordinal);
        var sums = new Dictionary<string, MeanSums>(StringComparer.Ordinal);
        ForEach((map, values, channels) =>
        {
            if (!sums.TryGetValue(map.Name, out var sum))
            {
                sums[map.Name] = sum = new MeanSums(channels);
            }

            sum.Add(values, ranges[map.Name], map.Before is { } before ? (ranges[before], maps[before].NegativeSlope) : null);
        });
        return sums.ToDictionary(pair => pair.Key, pair => pair.Value.Means(), StringComparer.Ordinal);
    }

    private void ForEach(Visitor visit)
    {
        using var settings = _inputs.Settings();
        using var session = new InferenceSession(_quantizer.Observable(), settings);
        using var run = new RunOptions();
        var inputName = session.InputNames.Single();
        string[] observed = [.. _quantizer.Maps.Select(map => map.Name).Where(name => name != inputName)];
        foreach (var input in _inputs.Read())
        {
            _cancellation.ThrowIfCancellationRequested();
            using var outputs = session.Run(run, [inputName], [input], observed);
            var next = 0;
            foreach (var map in _quantizer.Maps)
            {
                var values = map.Name == inputName ? input : outputs[next++];
                visit(map, values.GetTensorDataAsSpan<float>(), (int)values.GetTensorTypeAndShape().Shape[1]);
            }
        }
    }
}

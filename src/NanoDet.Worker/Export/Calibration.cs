using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Detection.Inference;
using NanoDet.Imaging;
using NanoDet.Imaging.Colors;
using NanoDet.Imaging.Warping;
using NanoDet.Training.Export.Quantization;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Worker.Export;

/// <summary>Finds the range of every feature map on pictures, with ONNX Runtime and the pixels that detection would see.</summary>
public static class Calibration
{
    /// <summary>Runs the model with 32 bits on the pictures, twice: for the smallest and the largest numbers, then for how often each occurs.</summary>
    /// <param name="quantizer">The model.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="pictures">The pictures, decoded anew for each pass.</param>
    /// <param name="threads">Threads of ONNX Runtime; 0 for one per core.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The range of each of the quantizer's maps.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImmutableDictionary<string, ActivationRange> Measure(
        OnnxQuantizer quantizer, ModelMetadata metadata, IEnumerable<PixelImage> pictures, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(quantizer);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(pictures);
        RuntimeTelemetry.Disable();
        using var settings = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        using var session = new InferenceSession(quantizer.Observable(), settings);
        var maps = quantizer.Maps;
        var (low, high) = (new float[maps.Length], new float[maps.Length]);
        ForEach((i, values) =>
        {
            low[i] = Math.Min(low[i], TensorPrimitives.Min(values));
            high[i] = Math.Max(high[i], TensorPrimitives.Max(values));
        });
        var histograms = maps.Select((_, i) => new ActivationHistogram(low[i], high[i])).ToArray();
        ForEach((i, values) => histograms[i].Add(values));
        return maps.Zip(histograms).ToImmutableDictionary(pair => pair.First.Name, pair => pair.Second.Best(pair.First.NegativeSlope));

        void ForEach(Action<int, ReadOnlySpan<float>> visit)
        {
            var input = new float[TensorWarp.LengthOf(new(metadata.InputWidth, metadata.InputHeight))];
            using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, metadata.InputHeight, metadata.InputWidth]);
            var normalization = new Normalization(metadata.Mean, metadata.Std);
            using var run = new RunOptions();
            var inputName = session.InputNames.Single();
            string[] names = [.. maps.Select(map => map.Name).Where(name => name != inputName)];
            foreach (var picture in pictures)
            {
                cancellation.ThrowIfCancellationRequested();
                ImageInput.Write(picture, metadata, normalization, input);
                using var outputs = session.Run(run, [inputName], [value], names);
                for (int i = 0, output = 0; i < maps.Length; i++)
                {
                    visit(i, maps[i].Name == inputName ? input : outputs[output++].GetTensorDataAsSpan<float>());
                }
            }
        }
    }
}

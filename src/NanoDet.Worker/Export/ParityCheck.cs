using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Detection.Inference;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export;
using NanoDet.Training.Native;
using NanoDet.Training.Networks;
using static TorchSharp.torch;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Worker.Export;

/// <summary>Compares an exported model in ONNX Runtime with the network in libtorch; a model that differs is not written.</summary>
internal static class ParityCheck
{
    /// <summary>The largest allowed difference of any output number; where the largest is above 100, as a share of it, since single precision has no more digits.</summary>
    public const double Tolerance = 1e-4;

    private const float LargeOutput = 100;

    // Half precision has eleven bits, and there are about a hundred layers.
    private const double HalfTolerance = 0.1;

    // A detector usually gets one image; for two and more, both libraries use other kernels.
    private static readonly ImmutableArray<int> OpenBatches = [1, 2, 3, 5];
    private static readonly ImmutableArray<double> Inputs = [0.1, 12.9898, 78.233];

    /// <summary>The largest batch size to compare.</summary>
    public static int LargestBatch(ExportBatch batch) => batch == ExportBatch.Open ? OpenBatches.Max() : 1;

    /// <summary>Compares the two on several inputs, with batch size 1 and, if the file allows it, larger ones.</summary>
    /// <param name="network">The network.</param>
    /// <param name="model">The exported file's bytes.</param>
    /// <param name="metadata">The metadata of the model.</param>
    /// <param name="options">The options of the export, with raw predictions.</param>
    /// <param name="path">The name that the diagnostic carries.</param>
    /// <exception cref="NanoDetException">NDB5002.</exception>
    public static void Require(DetectionNetwork network, byte[] model, ModelMetadata metadata, ExportOptions options, string path)
    {
        var tolerance = options.Precision == ExportPrecision.Half ? HalfTolerance : Tolerance;
        RuntimeTelemetry.Disable();
        using var session = new InferenceSession(model);
        foreach (var batch in options.Batch is { } only ? [only] : OpenBatches)
        {
            var difference = Inputs.Max(input => LargestDifference(network, session, [batch, 3, metadata.InputHeight, metadata.InputWidth], input));
            if (!(difference <= tolerance))
            {
                throw new NanoDetException(ExportDiagnostics.Disagreement(path, batch, difference, tolerance));
            }
        }
    }

    private static double LargestDifference(DetectionNetwork network, InferenceSession session, long[] shape, double frequency)
    {
        using var pause = new FinalizerPause();
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        // Random numbers in the range of normalised images, the same every time.
        var picture = (arange(shape.Aggregate(1L, (product, side) => product * side), ScalarType.Float64) * frequency).sin()
            .mul(43758.5453).frac().mul(2).to(ScalarType.Float32).reshape(shape).contiguous();
        network.eval();
        var expected = network.call(picture);
        var classes = network.Head.NumClasses;
        expected = cat([expected[.., .., ..classes].sigmoid(), expected[.., .., classes..]], dim: 2);
        using var input = OrtValue.CreateTensorValueFromMemory(picture.data<float>().ToArray(), shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["data"], [input], ["output"]);
        var actual = tensor(outputs[0].GetTensorDataAsSpan<float>().ToArray(), expected.shape);
        var difference = (expected - actual).abs().max().item<float>();
        var largest = expected.abs().max().item<float>();
        var share = difference / (largest > LargeOutput ? largest : 1);
        return float.IsNaN(share) ? double.PositiveInfinity : share;
    }
}

using Microsoft.ML.OnnxRuntime;
using NanoDet.Training.Networks;
using static TorchSharp.torch;
using ModelMetadata = NanoDet.Core.Models.ModelMetadata;

namespace NanoDet.Training.Tests.Export;

/// <summary>Runs exported bytes in ONNX Runtime, and the network itself in libtorch.</summary>
internal static class ExportedModel
{
    public static ModelMetadata Metadata(DetectionNetwork network, int width, int height) => new()
    {
        Classes = [.. Enumerable.Range(0, network.Head.NumClasses).Select(i => $"class{i}")],
        InputWidth = width,
        InputHeight = height,
        Strides = network.Head.Strides,
        RegMax = network.Head.RegMax,
        CentredPriors = network is OneStageDetector,
        KeepRatio = false,
    };

    /// <summary>Numbers between -2 and 2 that are the same on every run.</summary>
    public static float[] Picture(int batch, int width, int height)
    {
        var random = new Random(width + height);
        return [.. Enumerable.Range(0, batch * 3 * height * width).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    public static float[] RunTorch(DetectionNetwork network, float[] picture, int batch, int width, int height)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        network.eval();
        var output = network.call(tensor(picture, [batch, 3, height, width]));
        var classes = network.Head.NumClasses;
        output = cat([output[.., .., ..classes].sigmoid(), output[.., .., classes..]], dim: 2);
        return output.contiguous().data<float>().ToArray();
    }

    public static float[] RunOnnx(
        byte[] model, float[] picture, int batch, int width, int height, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL)
    {
        using var session = Open(model, level);
        using var input = OrtValue.CreateTensorValueFromMemory(picture, [batch, 3, height, width]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["data"], [input], ["output"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public static InferenceSession Open(byte[] model, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL)
    {
        using var options = new SessionOptions { GraphOptimizationLevel = level, IntraOpNumThreads = 2 };
        return new InferenceSession(model, options);
    }

    public static float LargestDifference(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second));
    }
}

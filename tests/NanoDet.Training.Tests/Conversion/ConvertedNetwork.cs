using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Training.Conversion;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Tests.Conversion;

/// <summary>Networks whose normalisations change what they normalise, and what they compute.</summary>
internal static class ConvertedNetwork
{
    /// <summary>A network of a preset, or of a configuration.</summary>
    public static DetectionNetwork Create(string preset, params ImmutableArray<string> classes) => Create(Preset.Create(preset, classes)!.Model);

    /// <summary>A network whose statistics are not those of a fresh one, with which a forgotten normalisation would go unseen.</summary>
    public static DetectionNetwork Create(ModelConfiguration configuration, long seed = 3)
    {
        var network = NetworkFactory.Create(configuration, seed);
        using var noGradients = no_grad();
        foreach (var (i, (name, value)) in StateDict.Of(network).Index().Where(entry => entry.Item.Value.dtype == ScalarType.Float32))
        {
            if (name.Contains("running_", StringComparison.Ordinal))
            {
                value.add_((arange(value.numel()) + i).sin().mul(0.2).reshape(value.shape));
            }
        }

        network.eval();
        return network;
    }

    /// <summary>Writes the weights, with their classes.</summary>
    public static string Write(DetectionNetwork network, string path, params ImmutableArray<string> classes)
    {
        SafetensorsWriter.Write(path, ModelWeights.Export(StateDict.Of(network), classes));
        return path;
    }

    /// <summary>Converts a file, and returns the written one.</summary>
    public static string Convert(string input, string output, string? network = null, bool isHalf = false)
    {
        new WeightConversion { Input = input, Output = output, Network = network, IsHalf = isHalf }.Run();
        return output;
    }

    /// <summary>The predictions of the network of a preset with the weights of a file.</summary>
    public static float[] Predict(string path, string preset, params ImmutableArray<string> classes)
    {
        using var network = NetworkFactory.Create(Preset.Create(preset, classes)!.Model, seed: 9);
        ModelWeights.Load(path, WeightFile.ReadAny(path), network, classes);
        return Predict(network);
    }

    /// <summary>The predictions of a network for a picture that is always the same.</summary>
    public static float[] Predict(DetectionNetwork network, int side = 96)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        network.eval();
        var picture = arange(3 * side * side).mul(0.37).sin().mul(2).reshape(1, 3, side, side);
        return network.call(picture).contiguous().data<float>().ToArray();
    }

    /// <summary>The largest difference.</summary>
    public static float Difference(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second));
    }
}

using NanoDet.Data.Configuration;
using NanoDet.Data.Diagnostics;
using NanoDet.Training.Models;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Worker.Export;

/// <summary>A network with all the weights of a training: to leave one of them fresh would ship noise.</summary>
internal static class TrainedNetwork
{
    /// <summary>Builds the network and fills all of it that detection uses.</summary>
    /// <exception cref="DiagnosticException">NDB5003: a tensor is missing or has another shape; or the file cannot be read.</exception>
    public static DetectionNetwork Load(ModelConfiguration configuration, string path)
    {
        var weights = WeightFile.Read(path).Tensors;
        var network = NetworkFactory.Create(configuration, seed: 0);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, target) in StateDict.Of(network).Where(entry => IsUsed(entry.Key)))
        {
            if (!weights.TryGetValue(name, out var source) || !source.Shape.SequenceEqual(target.shape))
            {
                throw new DiagnosticException(ExportDiagnostics.WeightsDoNotFit(path, name));
            }

            target.copy_(tensor(source.ToSingles(), target.shape));
        }

        network.eval();
        return network;
    }

    // The guidance module and the counters of batches serve training alone.
    private static bool IsUsed(string name)
        => !name.StartsWith("aux_", StringComparison.Ordinal)
            && !name.EndsWith("num_batches_tracked", StringComparison.Ordinal)
            && !name.EndsWith("distribution_project.project", StringComparison.Ordinal);
}

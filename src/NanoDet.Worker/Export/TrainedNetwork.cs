using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;

namespace NanoDet.Worker.Export;

/// <summary>A network with all weights of a training. A missing weight is an error, because a random weight would spoil the model.</summary>
internal static class TrainedNetwork
{
    /// <summary>Builds the network and loads all weights that detection uses.</summary>
    /// <param name="configuration">The network.</param>
    /// <param name="path">The file with the weights.</param>
    /// <param name="classes">The classes in label order; if the file has class names, they must be the same.</param>
    /// <exception cref="NanoDetException">NDB5003: a tensor is missing, has another shape or other classes; or the file cannot be read.</exception>
    public static DetectionNetwork Load(ModelConfiguration configuration, string path, ImmutableArray<string> classes)
    {
        var network = NetworkFactory.Create(configuration, seed: 0);
        var report = ModelWeights.Load(path, WeightFile.Read(path), network, classes);
        if (report.Rows.FirstOrDefault(row => row.Outcome is WeightOutcome.Renewed or WeightOutcome.KnownClasses && IsUsed(row.Name)) is { } row)
        {
            throw new NanoDetException(ExportDiagnostics.WeightsDoNotFit(path, row.Name));
        }

        network.eval();
        return network;
    }

    private static bool IsUsed(string name) => !StateDict.IsGuidance(name) && StateDict.IsLearnt(name);
}

using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights.Deployed;

namespace NanoDet.Training.Weights;

/// <summary>
/// Loads weights of ImageNet into the backbone of a network, as <c>pretrain</c> does in the original: what its authors published,
/// torchvision's or timm's files, or an exported model. The classifier of such a file is skipped, and so are neck and head.
/// </summary>
public static class BackboneWeights
{
    private const string Part = "backbone.";

    /// <summary>Loads the tensors that fit.</summary>
    /// <param name="path">The path of the weights, for the diagnostic.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="network">The network; what the file does not have keeps its new weights.</param>
    /// <returns>The rows of the backbone, then those that only the file has.</returns>
    /// <exception cref="Core.Diagnostics.NanoDetException">NDB4105: nothing fits, or most has another shape; NDB4110, NDB4111: an exported model has another backbone, or its weights cannot be taken out.</exception>
    public static WeightReport Load(string path, WeightSet weights, DetectionNetwork network)
    {
        if (weights.Deployed is { } deployed)
        {
            weights = new WeightSet(DeployedWeights.Restore(path, deployed, network, out _, Part).Tensors, weights.Metadata);
        }

        var state = StateDict.Of(network).Where(entry => entry.Key.StartsWith(Part, StringComparison.Ordinal)).ToList();
        var names = BackboneNames.Match(weights.Tensors.Keys, state.Select(entry => entry.Key[Part.Length..]).ToHashSet(StringComparer.Ordinal));
        return ModelWeights.Load(
            path, weights, state, new ClassRows([], []), name => names.GetValueOrDefault(name[Part.Length..], name), "the backbone");
    }
}

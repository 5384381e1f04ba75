using System.Collections.Immutable;
using NanoDet.Training.Export.Schema;
using NanoDet.Training.Models;
using NanoDet.Training.Models.Necks;
using NanoDet.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Export;

/// <summary>The convolutions of an exported network, in the order in which they run, each with the modules that it was folded from.</summary>
/// <param name="Model">The network as it is exported; the name of a convolution there is that of its layer.</param>
/// <param name="Layers">The convolutions.</param>
/// <param name="Modules">The name of each module of the network.</param>
internal sealed record NetworkLayers(ModelProto Model, ImmutableArray<(string Name, FoldedConvolution Convolution)> Layers, IReadOnlyDictionary<nn.Module, string> Modules)
{
    // Any size gives the same convolutions, but attention has one.
    private const int Side = 320;
    private const int AttentionStride = 16;

    /// <summary>Lists the layers of a network.</summary>
    public static NetworkLayers Of(DetectionNetwork network)
    {
        var graph = new OnnxGraph(batch: 1);
        var (height, width) = network.Neck is TAN { FeatureSize: var size } ? (AttentionStride * size.Height, AttentionStride * size.Width) : (Side, Side);
        graph.Output(graph.Network(network, graph.Input("data", 3, height, width), "output"), TensorProto.Types.DataType.Float, [], "batch");
        var modules = new Dictionary<nn.Module, string>(ReferenceEqualityComparer.Instance);
        Name(network, "", modules);
        return new NetworkLayers(graph.ToModel([]), [.. graph.Convolutions], modules);
    }

    /// <summary>The parts of the network that detect and have weights, but no convolution or normalisation that the export folds.</summary>
    public IEnumerable<(string Name, nn.Module Module)> Others(DetectionNetwork network) => Modules
        .Where(entry => entry.Key is not (Conv2d or BatchNorm2d) && entry.Key.parameters(recurse: false).Any())
        .Where(entry => !StateDict.IsGuidance(entry.Value))
        .Select(entry => (entry.Value, entry.Key));

    /// <summary>The names of the tensors that the export uses.</summary>
    public IEnumerable<string> Tensors(DetectionNetwork network) => Layers
        .SelectMany(layer => layer.Convolution.Branches is { } block ? [block] : new nn.Module?[] { layer.Convolution.Source, layer.Convolution.Normalization })
        .OfType<nn.Module>()
        .SelectMany(module => StateDict.Of(module).Select(entry => $"{Modules[module]}.{entry.Key}"))
        .Concat(Others(network).SelectMany(other => other.Module.named_parameters(recurse: false).Select(entry => $"{other.Name}.{entry.name}")))
        .Where(StateDict.IsLearnt);

    private static void Name(nn.Module module, string path, Dictionary<nn.Module, string> names)
    {
        names[module] = path;
        foreach (var (name, child) in module.named_children())
        {
            Name(child, path.Length == 0 ? name : $"{path}.{name}", names);
        }
    }
}

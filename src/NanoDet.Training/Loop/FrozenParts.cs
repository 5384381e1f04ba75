using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Networks;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>Freezes parts of a network: they get no gradients, and their running statistics do not change.</summary>
/// <param name="network">The network.</param>
/// <param name="parts">The parts.</param>
internal sealed class FrozenParts(DetectionNetwork network, ImmutableArray<ModelPart> parts)
{
    /// <summary>Turns the gradients off; call it before the optimizer is made.</summary>
    public void Freeze()
    {
        foreach (var parameter in Modules().SelectMany(module => module.parameters()))
        {
            parameter.requires_grad = false;
        }
    }

    /// <summary>Puts the network into training mode and the frozen parts into evaluation mode.</summary>
    public void Train()
    {
        network.train();
        foreach (var module in Modules())
        {
            module.eval();
        }
    }

    private IEnumerable<nn.Module> Modules() => parts.Select<ModelPart, nn.Module>(part => part == ModelPart.Backbone ? network.Backbone : network.Neck);
}

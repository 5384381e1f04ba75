using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>
/// Freezes what a training leaves as it is. Whole parts get no gradients, and their running statistics do not change; normalisations
/// of a neck or head (<c>norm_cfg.requires_grad: False</c>) get no gradients.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="configuration">The configuration of the training.</param>
internal sealed class FrozenParts(DetectionNetwork network, NanoDetConfiguration configuration)
{
    /// <summary>Turns the gradients off; call it before the optimizer is made.</summary>
    public void Freeze()
    {
        foreach (var parameter in Parts().Concat(Norms()).SelectMany(module => module.parameters()))
        {
            parameter.requires_grad = false;
        }
    }

    /// <summary>Puts the network into training mode and the frozen parts into evaluation mode.</summary>
    public void Train()
    {
        network.train();
        foreach (var part in Parts())
        {
            part.eval();
        }
    }

    private IEnumerable<nn.Module> Parts()
        => configuration.Schedule.Freeze.Select<ModelPart, nn.Module>(part => part == ModelPart.Backbone ? network.Backbone : network.Neck);

    // The original freezes the neck before it copies it for the guidance module.
    private IEnumerable<nn.Module> Norms()
    {
        var (model, guided) = (configuration.Model, network as NanoDetPlus);
        (nn.Module? Part, bool IsFrozen)[] parts =
        [
            (network.Neck, model.Neck.FreezeNorm),
            (network.Head, model.Head.FreezeNorm),
            (guided?.AuxiliaryNeck, model.Neck.FreezeNorm),
            (guided?.AuxiliaryHead, model.AuxiliaryHead is { FreezeNorm: true }),
        ];
        return parts.Where(part => part.IsFrozen).SelectMany(part => part.Part!.modules()).SelectMany(NormsOf);
    }

    // Ghost modules take their normalisation from nobody, so 'norm_cfg' does not concern it.
    private static IEnumerable<nn.Module> NormsOf(nn.Module module) => module switch
    {
        ConvModule { Norm: { } norm } => [norm],
        DepthwiseConvModule layer => new BatchNorm2d[] { layer.DepthwiseNorm, layer.PointwiseNorm },
        _ => [],
    };
}

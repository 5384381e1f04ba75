using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Backbones;

/// <summary>Turns images [B, 3, H, W] into the feature maps of its output stages, the largest first.</summary>
public abstract class Backbone : NamedModule<Tensor, Tensor[]>
{
    private protected Backbone(string name, BackboneConfiguration configuration)
        : base(name)
    {
        OutStages = [.. configuration.OutStages.Order()];
        OutChannels = [.. OutStages.Select(stage => configuration.StageOf(stage)?.Channels
            ?? throw new ArgumentOutOfRangeException(nameof(configuration), stage, "there is no such stage"))];
    }

    /// <summary>Numbers of the output stages, ascending.</summary>
    public ImmutableArray<int> OutStages { get; }

    /// <summary>Decides the random numbers that it draws in training, where it draws some: equal keys, equal numbers.</summary>
    public ulong RandomKey { get; set; }

    /// <summary>Channels of the output feature maps.</summary>
    public ImmutableArray<int> OutChannels { get; }

    /// <summary>Runs the stages one after the other.</summary>
    /// <param name="x">The input of the first stage.</param>
    /// <param name="stages">All stages.</param>
    /// <param name="first">The number of the first stage.</param>
    /// <returns>The feature maps of the output stages.</returns>
    private protected Tensor[] RunStages(Tensor x, IEnumerable<nn.Module<Tensor, Tensor>> stages, int first)
    {
        var outputs = new List<Tensor>();
        foreach (var (i, stage) in stages.Index())
        {
            x = stage.call(x);
            if (OutStages.Contains(first + i))
            {
                outputs.Add(x);
            }
        }

        return [.. outputs];
    }
}

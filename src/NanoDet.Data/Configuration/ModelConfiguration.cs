using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>The network: backbone, neck (<c>fpn</c>), head, and the head that only training uses (<c>model</c>).</summary>
public sealed record ModelConfiguration
{
    private const int LeastSideMultiple = 32;

    /// <summary>How the parts are combined (<c>model.arch.name</c>).</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>The network that turns an image into feature maps.</summary>
    public required BackboneConfiguration Backbone { get; init; }

    /// <summary>The network that combines the feature maps.</summary>
    public required NeckConfiguration Neck { get; init; }

    /// <summary>The network that predicts from the combined feature maps.</summary>
    public required HeadConfiguration Head { get; init; }

    /// <summary>The head of the assign guidance module; null for a legacy model.</summary>
    public SimpleConvHeadConfiguration? AuxiliaryHead { get; init; }

    /// <summary>First epoch, from 0, in which the guidance module no longer sends gradients into the backbone.</summary>
    public int DetachEpoch { get; init; }

    /// <summary>Epochs in which the guidance module assigns priors to objects; then the head does, and the module is not computed. Null for all epochs, as the original.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? GuidanceEpochs { get; init; }

    /// <summary>Returns whether the guidance module assigns the priors of an epoch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public bool IsGuidedAt(int epoch) => AuxiliaryHead is not null && !(epoch >= GuidanceEpochs);

    /// <summary>Decay of the exponential moving average of the weights; null for none (<c>weight_averager</c>).</summary>
    public double? MovingAverageDecay { get; init; }

    /// <summary>Returns the size of every batch of an input: a position embedding is for one size. Null if a batch has the size of its largest picture.</summary>
    /// <param name="input">The input.</param>
    public InputSize? BatchSizeOf(InputConfiguration input) => Neck is TanConfiguration ? input.Size : null;

    /// <summary>
    /// What the sides of an input must be multiples of, in pixels: necks halve and double the feature maps of stride 32 or more, which only
    /// fits if no side is rounded.
    /// </summary>
    [JsonIgnore]
    public int SideMultiple => Backbone.OutStages.Select(stage => Backbone.StageOf(stage)?.Stride ?? 1).Append(LeastSideMultiple).Max();

    /// <summary>Steps over which the decay of the moving average rises; before that, new weights have a larger share. The original always uses the default.</summary>
    [JsonIgnore]
    public double MovingAverageSettling { get; init; } = 2000;
}

using System.Text.Json.Serialization;

namespace NanoDet.Data.Configuration;

/// <summary>The network: backbone, neck (<c>fpn</c>), head, and the head that only training sees (<c>model</c>).</summary>
public sealed record ModelConfiguration
{
    /// <summary>How the parts are put together (<c>model.arch.name</c>).</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>The network that turns a picture into feature maps.</summary>
    public required BackboneConfiguration Backbone { get; init; }

    /// <summary>The network that mixes the feature maps.</summary>
    public required NeckConfiguration Neck { get; init; }

    /// <summary>The network that predicts from the mixed maps.</summary>
    public required HeadConfiguration Head { get; init; }

    /// <summary>The head of the assign guidance module; null for a legacy model.</summary>
    public SimpleConvHeadConfiguration? AuxiliaryHead { get; init; }

    /// <summary>First epoch, from 0, in which the guidance module no longer sends gradients into the backbone.</summary>
    public int DetachEpoch { get; init; }

    /// <summary>Decay of the exponential moving average of the weights; null for none (<c>weight_averager</c>).</summary>
    public double? MovingAverageDecay { get; init; }

    /// <summary>Steps over which the moving average settles; before, the newest weights count for more. The original knows no other.</summary>
    [JsonIgnore]
    public double MovingAverageSettling { get; init; } = 2000;
}

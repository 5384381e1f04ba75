using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Heads;

/// <summary>
/// Turns feature maps into one row of predictions per prior: <see cref="NumClasses"/> class logits, then left, top, right and bottom
/// with <see cref="RegMax"/> + 1 logits each. Rows are ordered by feature map from the smallest stride, then by y and x.
/// </summary>
public abstract class DetectionHead : NamedModule<Tensor[], Tensor>
{
    private protected DetectionHead(string name, HeadConfiguration configuration)
        : base(name)
    {
        NumClasses = configuration.NumClasses;
        RegMax = configuration.RegMax;
        Strides = configuration.Strides;
        Integral = new Integral(configuration.RegMax);
    }

    /// <summary>The number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>Largest distance, in strides.</summary>
    public int RegMax { get; }

    /// <summary>Pixels of the network's input from one prior to the next, for each feature map.</summary>
    public ImmutableArray<int> Strides { get; }

    /// <summary>Turns logits into distances.</summary>
    public Integral Integral { get; }

    /// <summary>Columns of a prediction.</summary>
    public int OutputChannels => NumClasses + (4 * (RegMax + 1));

    /// <summary>The convolutions whose initial outputs are a confidence of 0.01.</summary>
    public abstract IEnumerable<Conv2d> ClassPredictors { get; }

    /// <summary>Feature maps [B, C, H(i), W(i)] to [B, priors, <see cref="OutputChannels"/>].</summary>
    public override Tensor forward(Tensor[] maps) => Rows(maps, Predict);

    /// <summary>Predicts from one feature map.</summary>
    /// <param name="map">[B, C, H, W].</param>
    /// <param name="level">Index of the feature map.</param>
    /// <returns>[B, <see cref="OutputChannels"/>, H, W].</returns>
    protected abstract Tensor Predict(Tensor map, int level);

    /// <summary>Joins the predictions of all feature maps, one row per prior.</summary>
    private protected static Tensor Rows(Tensor[] maps, Func<Tensor, int, Tensor> predict)
    {
        using var scope = NewDisposeScope();
        var levels = maps.Select((map, i) => predict(map, i).permute(0, 2, 3, 1).flatten(1, 2)); // [B, H(i) W(i), columns]
        return cat([.. levels], dim: 1).MoveToOuterDisposeScope();
    }
}

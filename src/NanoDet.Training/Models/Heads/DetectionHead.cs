using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Heads;

/// <summary>
/// Maps in, one row of predictions a prior out: <see cref="NumClasses"/> class logits, then left, top, right and bottom
/// with <see cref="RegMax"/> + 1 logits each. Rows go map by map from the smallest stride, in each by y and then x.
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

    /// <summary>Classes that the head tells apart.</summary>
    public int NumClasses { get; }

    /// <summary>Largest distance, in strides.</summary>
    public int RegMax { get; }

    /// <summary>Pixels of the input picture from one prior to the next, for each map.</summary>
    public ImmutableArray<int> Strides { get; }

    /// <summary>Turns logits into distances.</summary>
    public Integral Integral { get; }

    /// <summary>Columns of a prediction.</summary>
    public int OutputChannels => NumClasses + (4 * (RegMax + 1));

    /// <summary>The convolutions whose outputs start at a confidence of 0.01.</summary>
    public abstract IEnumerable<Conv2d> ClassPredictors { get; }

    /// <summary>Maps [B, C, H(i), W(i)] to [B, priors, <see cref="OutputChannels"/>].</summary>
    public override Tensor forward(Tensor[] maps) => Rows(maps, Predict);

    /// <summary>Predicts from one map.</summary>
    /// <param name="map">[B, C, H, W].</param>
    /// <param name="level">Number of the map.</param>
    /// <returns>[B, <see cref="OutputChannels"/>, H, W].</returns>
    protected abstract Tensor Predict(Tensor map, int level);

    /// <summary>What was predicted from all maps, one row a prior.</summary>
    private protected static Tensor Rows(Tensor[] maps, Func<Tensor, int, Tensor> predict)
    {
        using var scope = NewDisposeScope();
        var levels = maps.Select((map, i) => predict(map, i).permute(0, 2, 3, 1).flatten(1, 2)); // [B, H(i) W(i), columns]
        return cat([.. levels], dim: 1).MoveToOuterDisposeScope();
    }
}

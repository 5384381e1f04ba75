using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;
using NanoDet.Training.Losses;
using NanoDet.Training.Models.Backbones;
using NanoDet.Training.Models.Heads;
using NanoDet.Training.Models.Layers;
using NanoDet.Training.Models.Necks;
using static TorchSharp.torch;

namespace NanoDet.Training.Networks;

/// <summary>A backbone, a neck and a head; made by <see cref="NetworkFactory"/>.</summary>
public abstract class DetectionNetwork : NamedModule<Tensor, Tensor>
{
    private protected DetectionNetwork(string name, Backbone backbone, nn.Module<Tensor[], Tensor[]> neck, DetectionHead head)
        : base(name)
    {
        Backbone = backbone;
        Neck = neck;
        Head = head;
        register_module("backbone", Backbone);
        register_module("fpn", Neck);
        register_module("head", Head);
    }

    /// <summary>Turns an image into feature maps.</summary>
    public Backbone Backbone { get; }

    /// <summary>Combines the feature maps: <see cref="GhostPAN"/>, <see cref="PAN"/>, <see cref="TAN"/> or <see cref="FPN"/>.</summary>
    public nn.Module<Tensor[], Tensor[]> Neck { get; }

    /// <summary>Predicts from the combined feature maps.</summary>
    public DetectionHead Head { get; }

    /// <summary>What <see cref="Loss"/> computes the network in. Predictions, losses and gradients of weights are in single precision, and so is everything else that the network is used for.</summary>
    public TrainingPrecision Precision { get; set; }

    /// <summary>Decides the random numbers that <see cref="Loss"/> draws, where it draws some: equal keys, equal numbers.</summary>
    public ulong RandomKey
    {
        get => Backbone.RandomKey;
        set
        {
            Backbone.RandomKey = value;
            foreach (var (i, neck) in Necks.OfType<TAN>().Index())
            {
                neck.RandomKey = ~value - (ulong)i; // other numbers than the backbone's
            }
        }
    }

    /// <summary>All necks that a training computes.</summary>
    private protected virtual IEnumerable<nn.Module<Tensor[], Tensor[]>> Necks => [Neck];

    /// <summary>Computes the loss of one batch, from which the parameters get gradients.</summary>
    /// <param name="images">Normalised images [B, 3, H, W], blue first.</param>
    /// <param name="objects">The objects of each image, in pixels of the input; ignored ones are left out.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public abstract TrainingLoss Loss(Tensor images, IReadOnlyList<ImmutableArray<DatasetObject>> objects, int epoch);

    /// <summary>Normalised images [B, 3, H, W], blue first, to predictions [B, priors, <see cref="DetectionHead.OutputChannels"/>] (logits).</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Head.call(GradientTape.Start(Neck.call(GradientTape.Start(Backbone.call(input))))).MoveToOuterDisposeScope();
    }
}

using NanoDet.Data.Configuration;
using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019).</summary>
internal sealed class AdamW : Optimizer
{
    private const string Mean = "mean";
    private const string Square = "square";

    private readonly AdamWConfiguration _settings;

    public AdamW(IReadOnlyList<ParameterSetting> parameters, AdamWConfiguration settings)
        : base(parameters)
    {
        _settings = settings;
        Remember(Mean);
        Remember(Square);
    }

    private protected override void Update(ParameterSetting parameter, Tensor gradient, long step, double learningRate)
    {
        var (mean, square) = (Recall(Mean, parameter), Recall(Square, parameter));
        var meanCorrection = 1 - Math.Pow(_settings.Beta1, step + 1);
        var squareCorrection = Math.Sqrt(1 - Math.Pow(_settings.Beta2, step + 1));

        parameter.Value.mul_(1 - (learningRate * parameter.WeightDecay));
        mean.mul_(_settings.Beta1).add_(gradient, 1 - _settings.Beta1);
        square.mul_(_settings.Beta2).addcmul_(gradient, gradient, 1 - _settings.Beta2);
        using var deviation = square.sqrt();
        deviation.div_(squareCorrection).add_(_settings.Epsilon);
        parameter.Value.addcdiv_(mean, deviation, -learningRate / meanCorrection);
    }
}

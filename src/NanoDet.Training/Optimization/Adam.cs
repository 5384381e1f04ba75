using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>
/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015), and AdamW, whose weight decay is no part of the gradient
/// (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019).
/// </summary>
internal sealed class Adam : Optimizer
{
    private readonly MomentConfiguration _settings;
    private readonly bool _isDecoupled;
    private readonly FlatTensor _mean;
    private readonly FlatTensor _square;

    public Adam(FlatModule weights, MomentConfiguration settings, bool isDecoupled)
        : base(weights)
    {
        (_settings, _isDecoupled) = (settings, isDecoupled);
        _mean = Remember("mean");
        _square = Remember("square");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var decayed = _isDecoupled ? null : Decayed(run);
        var (values, gradients, mean, square) = (run.Of(Values), decayed ?? run.Of(Gradients), run.Of(_mean), run.Of(_square));
        var meanCorrection = 1 - Math.Pow(_settings.Beta1, step + 1);
        var squareCorrection = Math.Sqrt(1 - Math.Pow(_settings.Beta2, step + 1));

        if (_isDecoupled)
        {
            values.mul_(1 - (learningRate * run.Rates.WeightDecay));
        }

        mean.mul_(_settings.Beta1).add_(gradients, 1 - _settings.Beta1);
        square.mul_(_settings.Beta2).addcmul_(gradients, gradients, 1 - _settings.Beta2);
        using var deviation = square.sqrt();
        deviation.div_(squareCorrection).add_(_settings.Epsilon);
        values.addcdiv_(mean, deviation, -learningRate / meanCorrection);
    }
}

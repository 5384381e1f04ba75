using NanoDet.Data.Configuration;
using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>Stochastic gradient descent with momentum, in PyTorch's form: the learning rate multiplies the momentum too.</summary>
internal sealed class StochasticGradientDescent : Optimizer
{
    private const string Momentum = "momentum";

    private readonly SgdConfiguration _settings;

    public StochasticGradientDescent(IReadOnlyList<ParameterSetting> parameters, SgdConfiguration settings)
        : base(parameters)
    {
        _settings = settings;
        if (settings.Momentum > 0)
        {
            Remember(Momentum);
        }
    }

    private protected override void Update(ParameterSetting parameter, Tensor gradient, long step, double learningRate)
    {
        using var direction = gradient.add(parameter.Value, parameter.WeightDecay);
        if (_settings.Momentum == 0)
        {
            parameter.Value.add_(direction, -learningRate);
            return;
        }

        var momentum = Recall(Momentum, parameter);
        momentum.mul_(_settings.Momentum).add_(direction);
        if (_settings.Nesterov)
        {
            direction.add_(momentum, _settings.Momentum);
        }

        parameter.Value.add_(_settings.Nesterov ? direction : momentum, -learningRate);
    }
}

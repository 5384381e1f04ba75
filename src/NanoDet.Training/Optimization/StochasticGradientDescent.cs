using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Stochastic gradient descent with momentum, in PyTorch's form: the learning rate multiplies the momentum too.</summary>
internal sealed class StochasticGradientDescent : Optimizer
{
    private readonly SgdConfiguration _settings;
    private readonly FlatTensor? _momentum;

    public StochasticGradientDescent(FlatModule weights, SgdConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _momentum = settings.Momentum > 0 ? Remember("momentum") : null;
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        var values = run.Of(Values);
        using var direction = Decayed(run);
        if (_momentum is null)
        {
            values.add_(direction, -learningRate);
            return;
        }

        var momentum = run.Of(_momentum);
        momentum.mul_(_settings.Momentum).add_(direction);
        if (_settings.Nesterov)
        {
            direction.add_(momentum, _settings.Momentum);
        }

        values.add_(_settings.Nesterov ? direction : momentum, -learningRate);
    }
}

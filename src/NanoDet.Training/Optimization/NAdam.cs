using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Adam with Nesterov momentum (Dozat, "Incorporating Nesterov Momentum into Adam", 2016).</summary>
internal sealed class NAdam : Optimizer
{
    private readonly NAdamConfiguration _settings;
    private readonly FlatTensor _mean;
    private readonly FlatTensor _square;

    // The momenta of all steps until one, multiplied; it follows from the step, so no checkpoint has it.
    private (long Step, double Product) _momenta = (-1, 1);

    public NAdam(FlatModule weights, NAdamConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _mean = Remember("mean");
        _square = Remember("square");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        if (_momenta.Step > step)
        {
            _momenta = (-1, 1);
        }

        while (_momenta.Step < step)
        {
            _momenta = (_momenta.Step + 1, _momenta.Product * Momentum(_momenta.Step + 1));
        }

        using var gradients = Decayed(run);
        var (values, mean, square) = (run.Of(Values), run.Of(_mean), run.Of(_square));
        var (momentum, next) = (Momentum(step), Momentum(step + 1));

        mean.mul_(_settings.Beta1).add_(gradients, 1 - _settings.Beta1);
        square.mul_(_settings.Beta2).addcmul_(gradients, gradients, 1 - _settings.Beta2);
        using var deviation = square.div(1 - Math.Pow(_settings.Beta2, step + 1));
        deviation.sqrt_().add_(_settings.Epsilon);
        values.addcdiv_(gradients, deviation, -learningRate * (1 - momentum) / (1 - _momenta.Product));
        values.addcdiv_(mean, deviation, -learningRate * next / (1 - (_momenta.Product * next)));
    }

    private double Momentum(long step) => _settings.Beta1 * (1 - (0.5 * Math.Pow(0.96, (step + 1) * _settings.MomentumDecay)));
}

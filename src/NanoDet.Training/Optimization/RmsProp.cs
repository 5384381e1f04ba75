using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Gradients divided by the root of the mean of their squares (Hinton, 2012), in PyTorch's form.</summary>
internal sealed class RmsProp : Optimizer
{
    private readonly RmsPropConfiguration _settings;
    private readonly FlatTensor _square;
    private readonly FlatTensor? _mean;
    private readonly FlatTensor? _momentum;

    public RmsProp(FlatModule weights, RmsPropConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _square = Remember("square");
        _mean = settings.Centered ? Remember("mean") : null;
        _momentum = settings.Momentum > 0 ? Remember("momentum") : null;
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = Decayed(run);
        var (values, square) = (run.Of(Values), run.Of(_square));

        square.mul_(_settings.Alpha).addcmul_(gradients, gradients, 1 - _settings.Alpha);
        using var deviation = square.clone();
        if (_mean is not null)
        {
            var mean = run.Of(_mean);
            mean.mul_(_settings.Alpha).add_(gradients, 1 - _settings.Alpha);
            deviation.addcmul_(mean, mean, -1);
        }

        deviation.sqrt_().add_(_settings.Epsilon);
        if (_momentum is null)
        {
            values.addcdiv_(gradients, deviation, -learningRate);
            return;
        }

        var momentum = run.Of(_momentum);
        momentum.mul_(_settings.Momentum).addcdiv_(gradients, deviation, 1);
        values.add_(momentum, -learningRate);
    }
}

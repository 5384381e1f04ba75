using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Adam that does not divide until the mean of squares is known well enough (Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020).</summary>
internal sealed class RAdam : Optimizer
{
    // From this length of the mean of squares on, its variance is known.
    private const double KnownLength = 5;

    private readonly RAdamConfiguration _settings;
    private readonly FlatTensor _mean;
    private readonly FlatTensor _square;

    public RAdam(FlatModule weights, RAdamConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _mean = Remember("mean");
        _square = Remember("square");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = Decayed(run);
        var (values, mean, square) = (run.Of(Values), run.Of(_mean), run.Of(_square));
        var (decay, count) = (Math.Pow(_settings.Beta2, step + 1), step + 1);
        var longest = (2 / (1 - _settings.Beta2)) - 1;
        var length = longest - (2 * count * decay / (1 - decay));
        var rate = learningRate / (1 - Math.Pow(_settings.Beta1, count));

        mean.mul_(_settings.Beta1).add_(gradients, 1 - _settings.Beta1);
        square.mul_(_settings.Beta2).addcmul_(gradients, gradients, 1 - _settings.Beta2);
        if (length <= KnownLength)
        {
            values.add_(mean, -rate);
            return;
        }

        var rectified = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        using var deviation = square.sqrt();
        deviation.add_(_settings.Epsilon);
        values.addcdiv_(mean, deviation, -rate * rectified * Math.Sqrt(1 - decay));
    }
}

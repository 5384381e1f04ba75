using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Adam with the largest gradient, which decays, instead of the mean of squares (Kingma and Ba, 2015).</summary>
internal sealed class Adamax : Optimizer
{
    private readonly AdamaxConfiguration _settings;
    private readonly FlatTensor _mean;
    private readonly FlatTensor _largest;

    public Adamax(FlatModule weights, AdamaxConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _mean = Remember("mean");
        _largest = Remember("largest");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = Decayed(run);
        var (mean, largest) = (run.Of(_mean), run.Of(_largest));

        mean.mul_(_settings.Beta1).add_(gradients, 1 - _settings.Beta1);
        using var sizes = gradients.abs();
        using var larger = largest.mul_(_settings.Beta2).maximum(sizes.add_(_settings.Epsilon));
        largest.copy_(larger);
        run.Of(Values).addcdiv_(mean, largest, -learningRate / (1 - Math.Pow(_settings.Beta1, step + 1)));
    }
}

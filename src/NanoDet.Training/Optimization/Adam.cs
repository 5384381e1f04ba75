using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015).</summary>
internal sealed class Adam : Optimizer
{
    private readonly AdamConfiguration _settings;
    private readonly FlatTensor _mean;
    private readonly FlatTensor _square;

    public Adam(FlatModule weights, AdamConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _mean = Remember("mean");
        _square = Remember("square");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = Decayed(run);
        var (mean, square) = (run.Of(_mean), run.Of(_square));
        var meanCorrection = 1 - Math.Pow(_settings.Beta1, step + 1);
        var squareCorrection = Math.Sqrt(1 - Math.Pow(_settings.Beta2, step + 1));

        mean.mul_(_settings.Beta1).add_(gradients, 1 - _settings.Beta1);
        square.mul_(_settings.Beta2).addcmul_(gradients, gradients, 1 - _settings.Beta2);
        using var deviation = square.sqrt();
        deviation.div_(squareCorrection).add_(_settings.Epsilon);
        run.Of(Values).addcdiv_(mean, deviation, -learningRate / meanCorrection);
    }
}

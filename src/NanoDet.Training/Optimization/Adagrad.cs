using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Gradients divided by the root of the sum of their squares (Duchi et al., "Adaptive Subgradient Methods", 2011).</summary>
internal sealed class Adagrad : Optimizer
{
    private readonly AdagradConfiguration _settings;
    private readonly FlatTensor _sum;

    public Adagrad(FlatModule weights, AdagradConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _sum = Remember("sum");
        _sum.Whole.fill_(settings.InitialSum);
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = Decayed(run);
        var sum = run.Of(_sum);

        sum.addcmul_(gradients, gradients, 1);
        using var deviation = sum.sqrt();
        deviation.add_(_settings.Epsilon);
        run.Of(Values).addcdiv_(gradients, deviation, -learningRate / (1 + (step * _settings.LearningRateDecay)));
    }
}

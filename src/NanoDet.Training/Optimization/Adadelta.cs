using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Steps that are as large as the last ones, relative to their gradients (Zeiler, "ADADELTA", 2012).</summary>
internal sealed class Adadelta : Optimizer
{
    private readonly AdadeltaConfiguration _settings;
    private readonly FlatTensor _square;
    private readonly FlatTensor _steps;

    public Adadelta(FlatModule weights, AdadeltaConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _square = Remember("square");
        _steps = Remember("steps");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = Decayed(run);
        var (square, steps) = (run.Of(_square), run.Of(_steps));

        square.mul_(_settings.Rho).addcmul_(gradients, gradients, 1 - _settings.Rho);
        using var deviation = square.add(_settings.Epsilon);
        using var change = steps.add(_settings.Epsilon);
        change.sqrt_().div_(deviation.sqrt_()).mul_(gradients);
        steps.mul_(_settings.Rho).addcmul_(change, change, 1 - _settings.Rho);
        run.Of(Values).add_(change, -learningRate);
    }
}

using NanoDet.Data.Configuration;

namespace NanoDet.Training.Optimization;

/// <summary>Gradient descent with a rate that falls with the steps (<c>torch.optim.ASGD</c>), without the mean of the weights, which PyTorch's users have to take themselves.</summary>
internal sealed class AveragedGradientDescent : Optimizer
{
    private readonly AsgdConfiguration _settings;
    private readonly FlatTensor _rate;

    public AveragedGradientDescent(FlatModule weights, AsgdConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _rate = Remember("rate");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = Decayed(run);
        var (values, rate) = (run.Of(Values), run.Of(_rate));

        // PyTorch takes the rate that it computed at the end of the step before.
        using var isFirst = rate.eq(0);
        rate.masked_fill_(isFirst, learningRate);
        using var decay = rate.mul(-_settings.Lambda);
        values.mul_(decay.add_(1)).addcmul_(gradients, rate, -1);
        rate.fill_(learningRate / Math.Pow(1 + (_settings.Lambda * learningRate * (step + 1)), _settings.Alpha));
    }
}

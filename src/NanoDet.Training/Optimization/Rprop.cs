using NanoDet.Data.Configuration;
using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>Steps by the signs of gradients alone (Riedmiller and Braun, 1993), in PyTorch's form: the learning rate is the first step.</summary>
internal sealed class Rprop : Optimizer
{
    private readonly RpropConfiguration _settings;
    private readonly FlatTensor _last;
    private readonly FlatTensor _steps;

    public Rprop(FlatModule weights, RpropConfiguration settings)
        : base(weights)
    {
        _settings = settings;
        _last = Remember("last");
        _steps = Remember("steps");
    }

    private protected override void Update(ParameterRun run, long step, double learningRate)
    {
        using var gradients = run.Of(Gradients).clone();
        var (last, steps) = (run.Of(_last), run.Of(_steps));
        using var isFirst = steps.eq(0);
        steps.masked_fill_(isFirst, learningRate);

        using var agreement = last.mul(gradients);
        using var same = agreement.gt(0);
        using var turned = agreement.lt(0);
        using var factors = ones_like(steps);
        factors.masked_fill_(same, _settings.Grow).masked_fill_(turned, _settings.Shrink);
        steps.mul_(factors).clamp_(_settings.SmallestStep, _settings.LargestStep);
        gradients.masked_fill_(turned, 0);
        last.copy_(gradients);
        run.Of(Values).addcmul_(gradients.sign_(), steps, -1);
    }
}

using NanoDet.Data.Configuration;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Schedules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoDet.Benchmarks;

/// <summary>What a step does with the tensors of a network, tensor by tensor: the yardstick for <see cref="NanoDet.Training.Optimization.FlatModule"/>.</summary>
internal sealed class PerTensorUpdate : IDisposable
{
    private readonly AdamWConfiguration _settings;
    private readonly double _decay;
    private readonly DetectionNetwork _average;
    private readonly (Tensor Value, Tensor Mean, Tensor Square)[] _parameters;
    private readonly (Tensor Newest, Tensor Average)[] _averaged;
    private readonly Tensor[] _buffers;
    private Tensor[] _copies = [];

    public PerTensorUpdate(DetectionNetwork network, ModelConfiguration model, AdamWConfiguration settings)
    {
        (_settings, _decay) = (settings, model.MovingAverageDecay ?? 0);
        _average = NetworkFactory.Create(model, seed: 1);
        using var withoutGradients = no_grad();
        _parameters = [.. network.parameters().Select(value => ((Tensor)value, zeros_like(value), zeros_like(value)))];
        _averaged = [.. StateDict.Of(network).Zip(StateDict.Of(_average), (newest, average) => (newest.Value, average.Value))];
        _buffers = [.. network.buffers()];
    }

    public void Begin()
    {
        using var withoutGradients = no_grad();
        ForgetCopies();
        _copies = [.. _buffers.Select(buffer => buffer.clone().DetachFromDisposeScope())];
        foreach (var (value, _, _) in _parameters)
        {
            value.grad?.zero_();
        }
    }

    public void Clip(double limit) => nn.utils.clip_grad_norm_(_parameters.Select(parameter => (Parameter)parameter.Value), limit);

    public void Update(long step, double learningRate)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var meanCorrection = 1 - Math.Pow(_settings.Beta1, step + 1);
        var squareCorrection = Math.Sqrt(1 - Math.Pow(_settings.Beta2, step + 1));
        foreach (var (value, mean, square) in _parameters)
        {
            var gradient = value.grad!;
            value.mul_(1 - (learningRate * _settings.WeightDecay));
            mean.mul_(_settings.Beta1).add_(gradient, 1 - _settings.Beta1);
            square.mul_(_settings.Beta2).addcmul_(gradient, gradient, 1 - _settings.Beta2);
            using var deviation = square.sqrt();
            deviation.div_(squareCorrection).add_(_settings.Epsilon);
            value.addcdiv_(mean, deviation, -learningRate / meanCorrection);
        }

        var weight = tensor((float)MovingAverageSchedule.NewWeight(_decay, 2000, step));
        foreach (var (newest, average) in _averaged)
        {
            _ = average.is_floating_point() ? average.lerp_(newest, weight) : average.copy_(newest);
        }
    }

    public void Dispose()
    {
        ForgetCopies();
        _average.Dispose();
        foreach (var (_, mean, square) in _parameters)
        {
            mean.Dispose();
            square.Dispose();
        }
    }

    private void ForgetCopies() => Array.ForEach(_copies, copy => copy.Dispose());
}

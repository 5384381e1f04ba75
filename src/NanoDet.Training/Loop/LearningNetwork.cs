using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Loading;
using NanoDet.Training.Losses;
using NanoDet.Training.Networks;
using NanoDet.Training.Optimization;
using NanoDet.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;
using Optimizer = NanoDet.Training.Optimization.Optimizer;

namespace NanoDet.Training.Loop;

/// <summary>What learns: a network with its frozen parts, its optimizer and its moving average.</summary>
internal sealed class LearningNetwork : IDisposable
{
    private readonly FrozenParts _frozen;
    private readonly Optimizer _optimizer;
    private readonly MovingAverage<DetectionNetwork>? _average;
    private readonly GradientStep _gradients;

    /// <summary>Begins with the weights as they are.</summary>
    /// <param name="network">The network, on the device; stays its owner's.</param>
    /// <param name="configuration">How it learns.</param>
    /// <param name="device">Where its weights lie.</param>
    public LearningNetwork(DetectionNetwork network, NanoDetConfiguration configuration, Device device)
    {
        var schedule = configuration.Schedule;
        _frozen = new FrozenParts(network, schedule.Freeze);
        _frozen.Freeze();
        _optimizer = Optimizer.Create(schedule.Optimizer, ParameterSetting.Of(network, schedule.Optimizer));
        _average = configuration.Model.MovingAverageDecay is { } decay
            ? new MovingAverage<DetectionNetwork>(
                network, NetworkFactory.Create(configuration.Model, configuration.Seed).to(device), decay, configuration.Model.MovingAverageSettling)
            : null;
        _gradients = new GradientStep(network, _optimizer, device, configuration.GradientClip);
        Judged = _average?.Module ?? network;
        Tensors = new TrainingTensors(network, _average?.Module, _optimizer);
    }

    /// <summary>The weights that are judged and exported: the average, where there is one.</summary>
    public DetectionNetwork Judged { get; }

    /// <summary>All that a checkpoint has to hold.</summary>
    public TrainingTensors Tensors { get; }

    /// <summary>Makes it ready to learn after it has been judged.</summary>
    public void BeginEpoch() => _frozen.Train();

    /// <summary>Finds out how the weights have to change, and changes none.</summary>
    /// <exception cref="DiagnosticException">NDB4020: the loss or a gradient is no number.</exception>
    public ImmutableArray<LossPart> Learn(TrainingBatch batch) => _gradients.Learn(batch);

    /// <summary>Changes the weights by what the last batch has taught.</summary>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    /// <param name="rates">How fast.</param>
    public void Update(long step, LearningRateSchedule rates)
    {
        _optimizer.Step(step, parameter => rates.At(parameter.LearningRate, step));
        _average?.Update(step);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _average?.Dispose();
        _optimizer.Dispose();
    }
}

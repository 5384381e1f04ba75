using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Loading;
using NanoDet.Training.Losses;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Optimization;
using NanoDet.Training.Schedules;
using NanoDet.Vision.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using Optimizer = NanoDet.Training.Optimization.Optimizer;

namespace NanoDet.Training.Loop;

/// <summary>A network in training, with its frozen parts, its optimizer and its moving average.</summary>
internal sealed class LearningNetwork : IDisposable
{
    private readonly DetectionNetwork _network;
    private readonly ModelConfiguration _model;
    private readonly FrozenParts _frozen;
    private readonly FlatModule _weights;
    private readonly Optimizer _optimizer;
    private readonly MovingAverage<DetectionNetwork>? _average;
    private readonly GradientStep _gradients;
    private readonly long _seed;

    /// <summary>Begins with the current weights.</summary>
    /// <param name="network">The network, on the device; the caller owns it.</param>
    /// <param name="configuration">The configuration of the training.</param>
    /// <param name="device">The device of its weights.</param>
    public LearningNetwork(DetectionNetwork network, NanoDetConfiguration configuration, Device device)
    {
        (_network, _model, _seed) = (network, configuration.Model, configuration.Seed);
        var optimizer = configuration.Schedule.Optimizer;
        _frozen = new FrozenParts(network, configuration);
        _frozen.Freeze();
        _weights = new FlatModule(network, ParameterSetting.Of(network, optimizer));
        _optimizer = Optimizer.Create(optimizer, _weights);
        _average = configuration.Model.MovingAverageDecay is { } decay
            ? new MovingAverage<DetectionNetwork>(
                _weights, NetworkFactory.Create(configuration.Model, configuration.Seed).to(device), decay, configuration.Model.MovingAverageSettling)
            : null;
        _gradients = new GradientStep(network, _optimizer, device, configuration.GradientClip);
        Judged = _average?.Module ?? network;
        Tensors = new TrainingTensors(_weights, _average?.Module, _optimizer);
    }

    /// <summary>The weights to validate and export: the average, if there is one.</summary>
    public DetectionNetwork Judged { get; }

    /// <summary>The tensors for a checkpoint.</summary>
    public TrainingTensors Tensors { get; }

    /// <summary>Returns to training mode after a validation.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public void BeginEpoch(int epoch)
    {
        _frozen.Train();
        if (!_model.IsGuidedAt(epoch))
        {
            _optimizer.Leave(parameter => StateDict.IsGuidance(parameter.Name));
        }
    }

    /// <summary>
    /// Computes the gradients for a batch without changing weights. Random numbers that layers draw depend on the seed and
    /// the step alone, so a resumed training draws what an undisturbed one draws.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    /// <exception cref="NanoDetException">NDB4020: the loss or a gradient is not a finite number.</exception>
    public ImmutableArray<LossPart> Learn(TrainingBatch batch, long step)
    {
        _network.RandomKey = new KeyedRandom("training step", _seed, "", step).NextUInt64();
        return _gradients.Learn(batch);
    }

    /// <summary>Updates the weights with the gradients of the last batch.</summary>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    /// <param name="rates">The learning rates.</param>
    public void Update(long step, LearningRateSchedule rates)
    {
        _optimizer.Step(step, parameter => rates.At(parameter.LearningRate, step));
        _average?.Update(step);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Tensors.Dispose();
        _average?.Dispose();
        _optimizer.Dispose();
        _weights.Dispose();
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Loading;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>
/// Allows a checkpoint at any moment, also from another thread while a long step is being computed: until the step
/// is committed, the checkpoint is the state before the step.
/// </summary>
/// <param name="folder">The folder of the checkpoint.</param>
/// <param name="classes">The class names in label order.</param>
/// <param name="tensors">The live tensors.</param>
/// <param name="state">The state of the training.</param>
/// <param name="result">Its result so far; null for none.</param>
internal sealed class StepGuard(
    TrainingFolder folder, ImmutableArray<string> classes, TrainingTensors tensors, TrainingState state, WeightSet? result) : IDisposable
{
    private readonly Lock _gate = new();
    private long _saved = Stopwatch.GetTimestamp();
    private TimeSpan _cost;
    private bool _hasEnded;

    // A forward pass changes running statistics long before the step is committed.
    private bool _isInStep;

    /// <summary>The state of the training.</summary>
    public TrainingState State { get; private set; } = state;

    /// <summary>The weights that are the result if no better ones follow; null before the first validation whose deciding figure is above 0.</summary>
    public WeightSet? Result { get; private set; } = result;

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            tensors.CopyBuffers();
            _isInStep = true;
        }
    }

    /// <summary>Commits a step: changes the weights and the state together.</summary>
    public void Commit(Action update, TrainingState next)
    {
        lock (_gate)
        {
            update();
            State = next;
            _isInStep = false;
        }
    }

    /// <summary>Replaces the state and the result so far.</summary>
    public void Commit(TrainingState next, WeightSet? result) => Commit(() => Result = result, next);

    /// <summary>Fails if a number of the last committed step is not finite.</summary>
    /// <exception cref="NanoDetException">NDB4020.</exception>
    public void RequireFinite()
    {
        lock (_gate)
        {
            if (TrainingTensors.FindNotFinite(Committed) is { } name)
            {
                throw new NanoDetException(TrainingDiagnostics.NotANumber($"weight in {name}", State.Position.Epoch + 1, State.Position.StepInEpoch, []));
            }
        }
    }

    /// <summary>Writes the checkpoint, unless the training is complete.</summary>
    /// <returns>The next step.</returns>
    /// <exception cref="NanoDetException">NDB4020: a number is not finite.</exception>
    public TrainingPosition Save()
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                RequireFinite();
                var started = Stopwatch.GetTimestamp();
                Checkpoint.Save(folder.Checkpoint, folder.PreviousCheckpoint, State, classes, Committed, Result);
                _saved = Stopwatch.GetTimestamp();
                _cost = Stopwatch.GetElapsedTime(started, _saved);
            }

            return State.Position;
        }
    }

    /// <summary>Writes the checkpoint if the last one is older than some time.</summary>
    /// <exception cref="NanoDetException">NDB4020: a number is not finite.</exception>
    public void SaveAfter(TimeSpan interval)
    {
        if (Stopwatch.GetElapsedTime(_saved) > interval)
        {
            Save();
        }
    }

    /// <summary>Writes the checkpoint at the end of an epoch, unless the last one was written shortly before.</summary>
    /// <param name="spacing">How much time must have passed, as a multiple of what writing the last one took.</param>
    /// <exception cref="NanoDetException">NDB4020: a number is not finite.</exception>
    public void SaveEpoch(int spacing) => SaveAfter(_cost * spacing);

    private IReadOnlyList<KeyValuePair<string, Tensor>> Committed => _isInStep ? tensors.BeforeForward : tensors.All;

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }
    }
}

using System.Collections.Immutable;
using NanoDet.Training.Checkpoints;
using NanoDet.Training.Loading;
using static TorchSharp.torch;

namespace NanoDet.Training.Loop;

/// <summary>
/// Lets a checkpoint be written at any moment, also from another thread while a long step is being computed: until the step
/// is committed, what is written is the training as it was before the step.
/// </summary>
/// <param name="path">The checkpoint.</param>
/// <param name="classes">The class names in label order.</param>
/// <param name="tensors">The live tensors.</param>
/// <param name="state">Where the training stands.</param>
internal sealed class StepGuard(string path, ImmutableArray<string> classes, TrainingTensors tensors, TrainingState state) : IDisposable
{
    private readonly Lock _gate = new();
    private bool _hasEnded;

    // A forward pass changes running statistics long before the step is done; these are theirs from before.
    private IReadOnlyDictionary<string, Tensor> _before = new Dictionary<string, Tensor>();

    /// <summary>Where the training stands.</summary>
    public TrainingState State { get; private set; } = state;

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            Forget();
            _before = tensors.CopyBuffers();
        }
    }

    /// <summary>Ends a step: changes the weights and the state as one.</summary>
    public void Commit(Action update, TrainingState next)
    {
        lock (_gate)
        {
            update();
            State = next;
            Forget();
        }
    }

    /// <summary>Replaces the state alone.</summary>
    public void Commit(TrainingState next) => Commit(() => { }, next);

    /// <summary>Writes the checkpoint; writes nothing when the training is over.</summary>
    /// <returns>The step that comes next.</returns>
    public TrainingPosition Save()
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                Checkpoint.Save(path, State, classes, tensors.All.Select(entry => KeyValuePair.Create(entry.Key, _before.GetValueOrDefault(entry.Key, entry.Value))));
            }

            return State.Position;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Forget();
        }
    }

    private void Forget()
    {
        foreach (var tensor in _before.Values)
        {
            tensor.Dispose();
        }

        _before = new Dictionary<string, Tensor>();
    }
}

using NanoDet.Training.Models;
using NanoDet.Training.Optimization;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Checkpoints;

/// <summary>The live tensors of a training, for a checkpoint.</summary>
public sealed class TrainingTensors : IDisposable
{
    private const string OptimizerPrefix = "optimizer.";

    private readonly (FlatTensor Live, FlatTensor Copy)[] _buffers;

    /// <summary>Makes room for the copy of the buffers.</summary>
    /// <param name="weights">The module that is trained.</param>
    /// <param name="average">The module with its moving average; null for none.</param>
    /// <param name="optimizer">The optimizer.</param>
    public TrainingTensors(FlatModule weights, nn.Module? average, Optimizer optimizer)
    {
        All =
        [
            .. StateDict.Of(weights.Module).Select(entry => KeyValuePair.Create(ModelPrefix.Model + entry.Key, entry.Value)),
            .. (average is null ? [] : StateDict.Of(average)).Select(entry => KeyValuePair.Create(ModelPrefix.Average + entry.Key, entry.Value)),
            .. optimizer.Memory.Select(entry => KeyValuePair.Create(OptimizerPrefix + entry.Key, entry.Value)),
        ];
        _buffers = [.. weights.Buffers.Select(buffers => (buffers, buffers.Zeros(name => ModelPrefix.Model + name)))];
        var copies = _buffers.SelectMany(buffers => buffers.Copy.Parts).ToDictionary(StringComparer.Ordinal);
        BeforeForward = [.. All.Select(entry => KeyValuePair.Create(entry.Key, copies.GetValueOrDefault(entry.Key, entry.Value)))];
    }

    /// <summary>All tensors by name.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> All { get; }

    /// <summary>All tensors by name, as they were at the last <see cref="CopyBuffers"/>, as long as the weights have not changed.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> BeforeForward { get; }

    /// <summary>Returns the name of a tensor with a number that is not finite; null if there is none.</summary>
    /// <param name="tensors">Tensors by name.</param>
    public static string? FindNotFinite(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var numbers = tensors.Where(entry => entry.Value.is_floating_point()).ToArray();
        var verdicts = stack([.. numbers.Select(entry => entry.Value.isfinite().all())]).cpu().data<bool>().ToArray(); // one read
        return Array.IndexOf(verdicts, false) is >= 0 and var index ? numbers[index].Key : null;
    }

    /// <summary>Copies the tensors that a forward pass changes: running means, variances and counts.</summary>
    public void CopyBuffers()
    {
        using var scope = NewDisposeScope();
        foreach (var (live, copy) in _buffers)
        {
            copy.Whole.copy_(live.Whole);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, copy) in _buffers)
        {
            copy.Dispose();
        }
    }
}

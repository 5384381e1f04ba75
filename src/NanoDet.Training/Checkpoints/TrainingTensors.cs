using NanoDet.Training.Models;
using NanoDet.Training.Optimization;
using NanoDet.Training.Weights;
using static TorchSharp.torch;

namespace NanoDet.Training.Checkpoints;

/// <summary>The live tensors of a training, for a checkpoint.</summary>
/// <param name="model">The module that is trained.</param>
/// <param name="average">The module with its moving average; null for none.</param>
/// <param name="optimizer">The optimizer.</param>
public sealed class TrainingTensors(nn.Module model, nn.Module? average, Optimizer optimizer)
{
    private const string OptimizerPrefix = "optimizer.";

    private readonly KeyValuePair<string, Tensor>[] _all =
    [
        .. StateDict.Of(model).Select(entry => KeyValuePair.Create(ModelPrefix.Model + entry.Key, entry.Value)),
        .. (average is null ? [] : StateDict.Of(average)).Select(entry => KeyValuePair.Create(ModelPrefix.Average + entry.Key, entry.Value)),
        .. optimizer.Memory.Select(entry => KeyValuePair.Create(OptimizerPrefix + entry.Key, entry.Value)),
    ];

    private readonly KeyValuePair<string, Tensor>[] _buffers =
        [.. model.named_buffers().Select(buffer => KeyValuePair.Create(ModelPrefix.Model + buffer.name, buffer.buffer))];

    /// <summary>All tensors by name.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> All => _all;

    /// <summary>Returns the name of a tensor with a number that is not finite; null if there is none.</summary>
    /// <param name="tensors">Tensors by name.</param>
    public static string? FindNotFinite(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        return tensors.FirstOrDefault(entry => entry.Value.is_floating_point() && !entry.Value.isfinite().all().item<bool>()).Key;
    }

    /// <summary>Copies the tensors that a forward pass changes: running means, variances and counts.</summary>
    public IReadOnlyDictionary<string, Tensor> CopyBuffers()
    {
        using var withoutGradients = no_grad();
        return _buffers.ToDictionary(entry => entry.Key, entry => entry.Value.clone().DetachFromDisposeScope());
    }
}

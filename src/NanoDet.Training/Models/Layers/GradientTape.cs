using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// Remembers operations whose gradients libtorch does not know, in the order in which they were done. The graph of libtorch ends
/// before such an operation, and a new one begins behind it; <see cref="Backward"/> leads the gradients from one to the other.
/// What it is given and gives belongs to it, and goes as soon as its gradients have passed.
/// </summary>
/// <remarks>
/// TorchSharp's own way, <see cref="autograd.SingleTensorFunction{T}"/>, keeps every input and an empty copy of every output until
/// the garbage collector finds them: several gigabytes in the guidance module.
/// </remarks>
internal sealed class GradientTape : IDisposable
{
    private readonly Stack<Entry> _entries = new();

    /// <summary>Lets the graphs behind some maps begin with them, so that the graph before them is gone through once, at the end.</summary>
    /// <returns>The same values, each the beginning of a graph.</returns>
    public Tensor[] Cut(IEnumerable<Tensor> maps)
    {
        Tensor[] sources = [.. maps];
        Tensor[] results = [.. sources.Select(map => map.detach().requires_grad_(map.requires_grad))];
        Push(sources, results, () => [.. sources.Zip(results, (source, result) => (source, result.grad))]);
        return results;
    }

    /// <summary>Remembers an operation.</summary>
    /// <param name="source">The map that went in, the end of a graph.</param>
    /// <param name="result">The map that came out, without a graph.</param>
    /// <param name="gradients">From the gradient of the result to those of the source and of parameters.</param>
    /// <returns>The result, the beginning of a graph.</returns>
    public Tensor Record(Tensor source, Tensor result, Func<Tensor, ImmutableArray<(Tensor Of, Tensor? Gradient)>> gradients)
    {
        result.requires_grad_();
        Push([source], [result], () => result.grad is { } gradient ? gradients(gradient) : []);
        return result;
    }

    /// <summary>Leads the gradients that have arrived behind the newest operations to the beginning.</summary>
    public void Backward()
    {
        while (_entries.TryPop(out var entry))
        {
            using (entry)
            using (NewDisposeScope())
            {
                var gradients = entry.Gradients().Where(pair => pair is { Gradient: not null, Of.requires_grad: true }).ToArray();
                if (gradients.Length > 0)
                {
                    autograd.backward([.. gradients.Select(pair => pair.Of)], [.. gradients.Select(pair => pair.Gradient!)]);
                }
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        while (_entries.TryPop(out var entry))
        {
            entry.Dispose();
        }
    }

    private void Push(Tensor[] sources, Tensor[] results, Func<ImmutableArray<(Tensor Of, Tensor? Gradient)>> gradients)
        => _entries.Push(new Entry([.. sources.Concat(results).Select(map => map.DetachFromDisposeScope())], gradients));

    private sealed record Entry(ImmutableArray<Tensor> Maps, Func<ImmutableArray<(Tensor Of, Tensor? Gradient)>> Gradients) : IDisposable
    {
        public void Dispose()
        {
            foreach (var map in Maps)
            {
                map.Dispose();
            }
        }
    }
}

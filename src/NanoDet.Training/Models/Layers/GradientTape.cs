using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NanoDet.Training.Models.Layers;

/// <summary>
/// Records operations that libtorch cannot differentiate, in the order in which they ran. The graph of libtorch ends
/// before such an operation, and a new graph starts after it; <see cref="Backward"/> passes the gradients from one to the other.
/// The tape owns the maps that it takes and returns, and frees each as soon as its gradients have been passed on.
/// </summary>
/// <remarks>
/// TorchSharp's mechanism, <see cref="autograd.SingleTensorFunction{T}"/>, keeps every input and an empty copy of every output until
/// the garbage collector finds them: several gigabytes in the guidance module.
/// </remarks>
internal sealed class GradientTape : IDisposable
{
    private readonly Stack<Entry> _entries = new();
    private readonly Dictionary<Tensor, IDisposable> _ofParameters = new(ReferenceEqualityComparer.Instance);

    /// <summary>The tape that records what layers do on this thread; null where none does.</summary>
    [field: ThreadStatic]
    public static GradientTape? Current { get; private set; }

    /// <summary>Records what layers do on this thread until the result is disposed.</summary>
    public IDisposable Listen()
    {
        Current = this;
        return new Listening();
    }

    /// <summary>Starts new graphs at some maps, so that the graph before them is traversed only once, at the end.</summary>
    /// <returns>The same values, each the start of a graph.</returns>
    public Tensor[] Cut(IEnumerable<Tensor> maps)
    {
        Tensor[] sources = [.. maps.Select(map => map.alias())]; // the tape's own stay when a sequence of layers lets go of what it was given
        Tensor[] results = [.. sources.Select(map => map.detach().requires_grad_(map.requires_grad))];
        Push(sources, results, () => [.. sources.Zip(results, (source, result) => (source, result.grad))]);
        return results;
    }

    /// <summary>Starts a new graph at a map that several operations take, if a tape records on this thread.</summary>
    /// <param name="map">The end of a graph.</param>
    public static Tensor Start(Tensor map) => Start([map])[0];

    /// <summary>Starts new graphs at maps that several operations take, if a tape records on this thread.</summary>
    /// <param name="maps">Ends of graphs.</param>
    public static Tensor[] Start(Tensor[] maps) => Current?.Cut(maps) ?? maps;

    /// <summary>Records an operation.</summary>
    /// <param name="source">The input map, the end of a graph.</param>
    /// <param name="result">The output map, without a graph.</param>
    /// <param name="gradients">Computes the gradients of the source and of parameters from the gradient of the result.</param>
    /// <param name="kept">Tensors that are needed for it.</param>
    /// <returns>The result, the start of a graph.</returns>
    public Tensor Record(Tensor source, Tensor result, Func<Tensor, ImmutableArray<(Tensor Of, Tensor? Gradient)>> gradients, params ReadOnlySpan<Tensor> kept)
    {
        result.requires_grad_();
        Push([source, .. kept], [result], () => result.grad is { } gradient ? gradients(gradient) : []);
        return result;
    }

    /// <summary>Records gradients that libtorch's graph leaves out.</summary>
    /// <param name="maps">Tensors that are needed for it.</param>
    /// <param name="gradients">Computes gradients once the graph behind the maps has been passed.</param>
    public void RecordGradient(IEnumerable<Tensor> maps, Func<ImmutableArray<(Tensor Of, Tensor? Gradient)>> gradients) => Push([.. maps], [], gradients);

    /// <summary>What operations compute of a parameter, once for all of them: parameters change only after the tape's end.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="parameter">The parameter.</param>
    /// <param name="compute">Computes it; the tape disposes of it.</param>
    public T Of<T>(Tensor parameter, Func<T> compute)
        where T : IDisposable
    {
        if (!_ofParameters.TryGetValue(parameter, out var known))
        {
            _ofParameters.Add(parameter, known = compute());
        }

        return (T)known;
    }

    /// <summary>Passes the gradients from the newest operations back to the first.</summary>
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
                    // Operations that take the same map share what lies before it, unless it was cut.
                    autograd.backward([.. gradients.Select(pair => pair.Of)], [.. gradients.Select(pair => pair.Gradient!)], retain_graph: true);
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

        foreach (var known in _ofParameters.Values)
        {
            known.Dispose();
        }
    }

    private void Push(Tensor[] sources, Tensor[] results, Func<ImmutableArray<(Tensor Of, Tensor? Gradient)>> gradients)
        => _entries.Push(new Entry([.. sources.Concat(results).Select(map => map.DetachFromDisposeScope())], gradients));

    private sealed class Listening : IDisposable
    {
        public void Dispose() => Current = null;
    }

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

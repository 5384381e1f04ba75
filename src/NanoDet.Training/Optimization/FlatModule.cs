using static TorchSharp.torch;

namespace NanoDet.Training.Optimization;

/// <summary>
/// A module whose tensors lie in a few pieces of memory: the parameters that are trained, the frozen ones, and the buffers of each
/// type. A step of a training then needs a few large operations instead of thousands of small ones. Objects, names and shapes stay.
/// </summary>
public sealed class FlatModule : IDisposable
{
    /// <summary>Moves the tensors of a module, which must then stay on its device.</summary>
    /// <param name="module">The module; the caller owns it.</param>
    /// <param name="trained">Its parameters that are trained; at least one.</param>
    public FlatModule(nn.Module module, IReadOnlyList<ParameterSetting> trained)
    {
        Module = module;
        // Those with the same rates are neighbours, so that the optimizer changes them together.
        Parameters = [.. trained.GroupBy(parameter => (parameter.LearningRate, parameter.WeightDecay)).SelectMany(group => group)];
        var names = Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        Trained = FlatTensor.Of([.. Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (Tensor)parameter.Value))]);
        Buffers = ByType(module.named_buffers());
        Pieces = [Trained, .. ByType(module.named_parameters().Where(entry => !names.Contains(entry.name)).Select(entry => (entry.name, (Tensor)entry.parameter))), .. Buffers];
    }

    /// <summary>The module.</summary>
    public nn.Module Module { get; }

    /// <summary>The parameters that are trained, in their order in memory.</summary>
    public IReadOnlyList<ParameterSetting> Parameters { get; }

    /// <summary>The numbers of <see cref="Parameters"/>.</summary>
    internal FlatTensor Trained { get; }

    /// <summary>The buffers: what a forward pass changes.</summary>
    internal IReadOnlyList<FlatTensor> Buffers { get; }

    /// <summary>All memory of the module.</summary>
    internal IReadOnlyList<FlatTensor> Pieces { get; }

    /// <summary>Moves the tensors of another module of the same structure into the same arrangement.</summary>
    public FlatModule Like(nn.Module module)
        => new(module, [.. Parameters.Select(parameter => parameter with { Value = module.get_parameter(parameter.Name)! })]);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var piece in Pieces)
        {
            piece.Dispose();
        }
    }

    private static FlatTensor[] ByType(IEnumerable<(string Name, Tensor Value)> tensors)
        => [.. tensors.GroupBy(entry => entry.Value.dtype, entry => KeyValuePair.Create(entry.Name, entry.Value)).Select(group => FlatTensor.Of([.. group]))];
}

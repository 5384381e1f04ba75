using System.Collections.Immutable;

namespace NanoDet.Training.Weights.Deployed;

/// <summary>Collects the convolutions of a file node by node, and what computes each value.</summary>
internal sealed class DeployedNetworkBuilder
{
    // The largest networks have a few hundred convolutions; these limits keep a hostile file from taking minutes.
    private const int MostConvolutions = 4096;
    private const int MostNodes = 100_000;

    private readonly Dictionary<string, DeployedOperation> _values = new(StringComparer.Ordinal);
    private readonly List<DeployedConvolution> _convolutions = [];
    private int _nodes;

    /// <summary>What computes a value.</summary>
    public DeployedOperation this[string value] => _values.GetValueOrDefault(value) ?? new DeployedOperation(DeployedOperation.InputKind, value, []);

    /// <summary>Adds a convolution.</summary>
    /// <param name="input">The value that it takes.</param>
    /// <param name="output">The value that it makes.</param>
    /// <param name="make">Makes it, from what computes its input.</param>
    /// <exception cref="InvalidDataException">The network is too large.</exception>
    public void Convolve(string input, string output, Func<DeployedOperation, DeployedConvolution> make)
    {
        if (_convolutions.Count == MostConvolutions)
        {
            throw new InvalidDataException($"it has more than {MostConvolutions} convolutions");
        }

        var convolution = make(this[input]);
        Add(output, new DeployedOperation("convolution", convolution.Name, [])
        {
            Convolution = _convolutions.Count,
            Channels = convolution.Weight.Shape[0],
            Sources = ConvolutionSet.Of(_convolutions.Count),
        });
        _convolutions.Add(convolution);
    }

    /// <summary>Adds a value that a node without weights makes.</summary>
    /// <exception cref="InvalidDataException">The network is too large.</exception>
    public void Add(string output, DeployedOperation operation)
    {
        if (++_nodes > MostNodes)
        {
            throw new InvalidDataException($"it has more than {MostNodes} nodes");
        }

        _values[output] = operation;
    }

    /// <summary>The network.</summary>
    /// <param name="outputs">The values that it gives.</param>
    public DeployedNetwork Build(IEnumerable<string> outputs)
        => new([.. _convolutions], [.. _values.Values.Distinct()], [.. outputs.Select(output => this[output])]);
}

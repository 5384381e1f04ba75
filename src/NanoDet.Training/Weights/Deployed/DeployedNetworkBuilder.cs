namespace NanoDet.Training.Weights.Deployed;

/// <summary>Collects the convolutions of a file node by node, and which of them each value comes from.</summary>
internal sealed class DeployedNetworkBuilder
{
    // The largest networks have a few hundred convolutions; these limits keep a hostile file from taking minutes.
    private const int MostConvolutions = 4096;
    private const int MostNodes = 100_000;

    private readonly Dictionary<string, ConvolutionSet> _sources = new(StringComparer.Ordinal);
    private readonly List<DeployedConvolution> _convolutions = [];
    private int _nodes;

    /// <summary>Adds a convolution.</summary>
    /// <param name="input">The value that it takes.</param>
    /// <param name="output">The value that it makes.</param>
    /// <param name="make">Makes it, from what its input comes from.</param>
    /// <exception cref="InvalidDataException">The network is too large.</exception>
    public void Convolve(string input, string output, Func<ConvolutionSet, DeployedConvolution> make)
    {
        if (_convolutions.Count == MostConvolutions)
        {
            throw new InvalidDataException($"it has more than {MostConvolutions} convolutions");
        }

        Count();
        _sources[output] = ConvolutionSet.Of(_convolutions.Count);
        _convolutions.Add(make(_sources.GetValueOrDefault(input, ConvolutionSet.Empty)));
    }

    /// <summary>Adds a node without weights.</summary>
    /// <exception cref="InvalidDataException">The network is too large.</exception>
    public void Pass(IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        Count();
        var union = ConvolutionSet.Union(inputs.Select(input => _sources.GetValueOrDefault(input, ConvolutionSet.Empty)));
        foreach (var output in outputs)
        {
            _sources[output] = union;
        }
    }

    /// <summary>The network.</summary>
    public DeployedNetwork Build() => new([.. _convolutions]);

    private void Count()
    {
        if (++_nodes > MostNodes)
        {
            throw new InvalidDataException($"it has more than {MostNodes} nodes");
        }
    }
}

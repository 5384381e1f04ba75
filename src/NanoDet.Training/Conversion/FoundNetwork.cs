using System.Collections.Immutable;
using NanoDet.Data.Configuration;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Conversion;

/// <summary>The network that a file is of, with its weights.</summary>
/// <param name="Name">The preset or configuration file, in words.</param>
/// <param name="Configuration">The configuration.</param>
/// <param name="Classes">The classes in label order.</param>
/// <param name="Network">The network.</param>
/// <param name="Tensors">What the file has of it, by name.</param>
/// <param name="Metadata">The classes, if the file or the user names them.</param>
/// <param name="Report">What became of each tensor.</param>
internal sealed record FoundNetwork(
    string Name, NanoDetConfiguration Configuration, ImmutableArray<string> Classes, DetectionNetwork Network,
    OrderedDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata, WeightReport Report) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Network.Dispose();
}

using NanoDet.Core.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;

namespace NanoDet.Training.Conversion;

/// <summary>The network that a file is of, with its weights.</summary>
/// <param name="Name">The preset or configuration file, in words.</param>
/// <param name="Model">The metadata of a model for detection.</param>
/// <param name="Input">Its input, and where the size comes from, in words.</param>
/// <param name="AssumedClasses">Which class names were assumed, in words; null where something names them.</param>
/// <param name="HasInput">Whether something names the size of the input, and it was not assumed.</param>
/// <param name="Network">The network.</param>
/// <param name="Tensors">What the file has of it, by name.</param>
/// <param name="Report">What became of each tensor.</param>
internal sealed record FoundNetwork(
    string Name, ModelMetadata Model, string Input, string? AssumedClasses, bool HasInput, DetectionNetwork Network, OrderedDictionary<string, WeightTensor> Tensors, WeightReport Report) : IDisposable
{
    /// <summary>
    /// The weights with their classes and the size of the input, where these were not assumed: a training would take the rows of
    /// assumed names alone.
    /// </summary>
    public WeightSet Weights
    {
        get
        {
            var metadata = new Dictionary<string, string>();
            if (AssumedClasses is null)
            {
                metadata[WeightSet.ClassesKey] = ClassNames.ToJson(Model.Classes);
            }

            if (HasInput)
            {
                metadata[WeightSet.InputKey] = FormattableString.Invariant($"{Model.InputWidth}x{Model.InputHeight}");
            }

            return new WeightSet(Tensors, metadata);
        }
    }

    /// <summary>What no file says of it, in words; null if the user names the network, or the file has all of it.</summary>
    public string? Assumed { get; init; }

    /// <inheritdoc />
    public void Dispose() => Network.Dispose();
}

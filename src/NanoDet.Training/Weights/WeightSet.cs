using NanoDet.Training.Weights.Deployed;

namespace NanoDet.Training.Weights;

/// <summary>The content of a weight file.</summary>
/// <param name="Tensors">The tensors by their names in the state dict, in the order of the file.</param>
/// <param name="Metadata">Metadata of the file; empty for PyTorch files of other programs.</param>
public sealed record WeightSet(OrderedDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Key in <see cref="Metadata"/> of the class names in label order, as a JSON array.</summary>
    public const string ClassesKey = "classes";

    /// <summary>Key in <see cref="Metadata"/> of the input size of the model, as in <c>416x320</c> for width and height.</summary>
    public const string InputKey = "input";

    /// <summary>The convolutions of a file for detection, which has no tensors with names of a network; null for any other.</summary>
    internal DeployedNetwork? Deployed { get; init; }

    /// <summary>What the file says of the input of its model; null if it says nothing.</summary>
    internal DeployedInput? Input => Deployed is not null ? Deployed.Input : DeployedInput.Parse(Metadata.GetValueOrDefault(InputKey));
}

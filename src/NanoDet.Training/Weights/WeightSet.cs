namespace NanoDet.Training.Weights;

/// <summary>The content of a weight file.</summary>
/// <param name="Tensors">The tensors by their names in the state dict, in the order of the file.</param>
/// <param name="Metadata">Metadata of the file; empty for PyTorch files.</param>
public sealed record WeightSet(OrderedDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Key in <see cref="Metadata"/> of the class names in label order, as a JSON array.</summary>
    public const string ClassesKey = "classes";

    /// <summary>The convolutions of a file for detection, which has no tensors with names of a network; null for any other.</summary>
    internal Deployed.DeployedNetwork? Deployed { get; init; }
}

namespace NanoDet.Training.Weights;

/// <summary>What a weight file holds.</summary>
/// <param name="Tensors">The tensors by their names in the state dict, in the order of the file.</param>
/// <param name="Metadata">Texts that travel with them; empty in PyTorch files.</param>
public sealed record WeightSet(OrderedDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Key in <see cref="Metadata"/> of the class names in label order, as a JSON array.</summary>
    public const string ClassesKey = "classes";
}

using NanoDet.Training.Weights.Pickles;

namespace NanoDet.Training.Weights;

/// <summary>Finds the tensors in what a PyTorch file holds.</summary>
internal static class StateDictionary
{
    /// <summary>
    /// The tensors of a bare state dict, or of the entry <c>state_dict</c> that NanoDet's and Lightning's files have.
    /// </summary>
    /// <returns>The tensors by the names of the bare model, in the order of the file; null where there are none.</returns>
    public static OrderedDictionary<string, WeightTensor>? Find(object? value)
    {
        if (value is not Dictionary<string, object?> file)
        {
            return null;
        }

        var entries = file.TryGetValue("state_dict", out var inner) && inner is Dictionary<string, object?> stateDict ? stateDict : file;
        var prefix = ModelPrefix.Of(entries.Keys);
        var tensors = new OrderedDictionary<string, WeightTensor>();
        foreach (var (name, entry) in entries)
        {
            if (entry is TorchTensor tensor && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                tensors[name[prefix.Length..]] = tensor.Materialize();
            }
        }

        return tensors.Count > 0 ? tensors : null;
    }
}

using NanoDet.Training.Weights.Pickles;

namespace NanoDet.Training.Weights;

/// <summary>Finds the tensors in the content of a PyTorch file.</summary>
internal static class StateDictionary
{
    /// <summary>
    /// Returns the tensors of a plain state dict, or of the entry <c>state_dict</c> in NanoDet's and Lightning's files.
    /// </summary>
    /// <returns>The tensors by the names of the plain model, in the order of the file; null if there are none.</returns>
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

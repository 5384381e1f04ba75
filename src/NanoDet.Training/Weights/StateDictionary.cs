using NanoDet.Training.Weights.Pickles;

namespace NanoDet.Training.Weights;

/// <summary>Finds the tensors in the content of a PyTorch file, and the metadata that ours have.</summary>
internal static class StateDictionary
{
    /// <summary>The entry beside the tensors with the metadata, texts by name; other programs pass over it.</summary>
    public const string MetadataKey = "nanodet";

    /// <summary>The entry with the tensors.</summary>
    public const string TensorsKey = "state_dict";

    /// <summary>
    /// Returns the tensors of a plain state dict, or of the entry <c>state_dict</c> in NanoDet's and Lightning's files.
    /// </summary>
    /// <returns>The tensors by the names of the plain model, in the order of the file; null if there are none.</returns>
    public static WeightSet? Find(object? value)
    {
        if (value is not Dictionary<string, object?> file)
        {
            return null;
        }

        var entries = file.TryGetValue(TensorsKey, out var inner) && inner is Dictionary<string, object?> stateDict ? stateDict : file;
        var prefix = ModelPrefix.Of(entries.Keys);
        var tensors = new OrderedDictionary<string, WeightTensor>();
        foreach (var (name, entry) in entries)
        {
            if (entry is TorchTensor tensor && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                tensors[name[prefix.Length..]] = tensor.Materialize();
            }
        }

        return tensors.Count > 0 ? new WeightSet(tensors, Metadata(file)) : null;
    }

    private static Dictionary<string, string> Metadata(Dictionary<string, object?> file)
        => (file.GetValueOrDefault(MetadataKey) as Dictionary<string, object?> ?? []).Where(entry => entry.Value is string).ToDictionary(entry => entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
}

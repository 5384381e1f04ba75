using static TorchSharp.torch;

namespace NanoDet.Training.Models;

/// <summary>Lists the parameters and buffers of a module by the names and in the order of PyTorch's <c>state_dict</c>.</summary>
public static class StateDict
{
    /// <summary>
    /// Returns the live tensors of each module: its parameters, its buffers, then those of its children. (TorchSharp's
    /// <c>state_dict</c> returns all parameters first, so files would not have the original's order.)
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, Tensor>> Of(nn.Module module)
    {
        var entries = new List<KeyValuePair<string, Tensor>>();
        Add(module, "", entries);
        return entries;
    }

    /// <summary>
    /// Whether training finds the numbers of a tensor. It does not find those that count the batches that a normalisation has seen, and
    /// not the distances 0, 1, 2, … of a head: these fit other networks too, so they do not say whether weights fit.
    /// </summary>
    /// <param name="name">Its name.</param>
    public static bool IsLearnt(string name)
        => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal) && !name.EndsWith("distribution_project.project", StringComparison.Ordinal);

    /// <summary>Whether a tensor is part of the guidance module, which only the training of NanoDet-Plus uses; many files of weights do not have it.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsGuidance(string name) => name.StartsWith("aux_", StringComparison.Ordinal);

    private static void Add(nn.Module module, string prefix, List<KeyValuePair<string, Tensor>> entries)
    {
        entries.AddRange(module.named_parameters(recurse: false).Select(entry => KeyValuePair.Create(prefix + entry.name, (Tensor)entry.parameter)));
        entries.AddRange(module.named_buffers(recurse: false).Select(entry => KeyValuePair.Create(prefix + entry.name, entry.buffer)));
        foreach (var (name, child) in module.named_children())
        {
            Add(child, $"{prefix}{name}.", entries);
        }
    }
}

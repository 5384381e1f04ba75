namespace NanoDet.Training.Weights;

/// <summary>
/// The prefix of the names of a model's tensors in a checkpoint, the original's (Lightning) or ours. If it has a moving
/// average, that is the model, as in the original, which also reads files of a model that was trained on several cards.
/// </summary>
internal static class ModelPrefix
{
    /// <summary>The trained model.</summary>
    public const string Model = "model.";

    /// <summary>Its moving average.</summary>
    public const string Average = "avg_model.";

    /// <summary>What PyTorch's <c>DataParallel</c> writes in front of all names.</summary>
    private const string Parallel = "module.";

    /// <summary>Returns the prefix of the model to load; empty for a file with plain names.</summary>
    public static string Of(IReadOnlyCollection<string> names)
    {
        var prefix = new[] { Average, Model }.FirstOrDefault(part => names.Any(name => name.StartsWith(part, StringComparison.Ordinal))) ?? "";
        return names.Any(name => name.StartsWith(prefix + Parallel, StringComparison.Ordinal)) ? prefix + Parallel : prefix;
    }
}

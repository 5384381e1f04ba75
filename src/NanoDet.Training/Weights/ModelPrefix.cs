namespace NanoDet.Training.Weights;

/// <summary>
/// The prefix of the names of a model's tensors in a checkpoint, the original's (Lightning) or ours. If it has a moving
/// average, that is the model, as in the original.
/// </summary>
internal static class ModelPrefix
{
    /// <summary>The trained model.</summary>
    public const string Model = "model.";

    /// <summary>Its moving average.</summary>
    public const string Average = "avg_model.";

    /// <summary>Returns the prefix of the model to load; empty for a file with plain names.</summary>
    public static string Of(IEnumerable<string> names)
    {
        var hasModel = false;
        foreach (var name in names)
        {
            if (name.StartsWith(Average, StringComparison.Ordinal))
            {
                return Average;
            }

            hasModel |= name.StartsWith(Model, StringComparison.Ordinal);
        }

        return hasModel ? Model : "";
    }
}

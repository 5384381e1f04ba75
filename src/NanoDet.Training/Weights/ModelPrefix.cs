namespace NanoDet.Training.Weights;

/// <summary>
/// What stands before the names of a model's tensors in a checkpoint, the original's (Lightning) or ours. Where it has a moving
/// average, that is the model, as the original prefers it.
/// </summary>
internal static class ModelPrefix
{
    /// <summary>The model that is trained.</summary>
    public const string Model = "model.";

    /// <summary>Its moving average.</summary>
    public const string Average = "avg_model.";

    /// <summary>The prefix of the model to take; empty in a file of bare names.</summary>
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

namespace NanoDet.Training.Weights;

/// <summary>
/// Finds weights that were read back from an exported model. An export folds each batch normalisation into the convolution before it;
/// what is read back has a mean of 0 and a variance of 1. A network detects the same with them, but a step of a training normalises
/// with the statistics of its batch, and so computes something else.
/// </summary>
internal static class FoldedStatistics
{
    /// <summary>Why the table says of statistics that they come from no training.</summary>
    public const string Reason = "it changes nothing, as after an export; no training found it";

    private const string Mean = ".running_mean";
    private const string Variance = ".running_var";

    // A layer or two without statistics may be part of a trained network, because a part of it was frozen or has dead channels.
    private const double NearlyAll = 0.9;

    // The variance that is read back is smaller by the epsilon of the normalisation, which is 0.001 at most.
    private const double Tolerance = 0.002;

    /// <summary>Returns the names of the statistics that were folded; none unless nearly all of the normalisations were.</summary>
    /// <param name="tensors">The tensors by name.</param>
    public static IReadOnlySet<string> In(IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        var layers = tensors.Keys.Where(name => name.EndsWith(Mean, StringComparison.Ordinal)).Select(name => name[..^Mean.Length])
            .Where(layer => tensors.ContainsKey(layer + Variance)).ToList();
        var folded = layers.FindAll(layer => AreAll(tensors[layer + Mean], 0) && AreAll(tensors[layer + Variance], 1));
        return folded.Count > 0 && folded.Count >= NearlyAll * layers.Count
            ? folded.SelectMany(layer => new[] { layer + Mean, layer + Variance }).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>();
    }

    private static bool AreAll(WeightTensor tensor, double value) => tensor.ToSingles().All(number => Math.Abs(number - value) <= Tolerance);
}

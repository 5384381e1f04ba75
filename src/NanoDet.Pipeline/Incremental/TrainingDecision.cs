namespace NanoDet.Pipeline.Incremental;

/// <summary>How the build makes a model that is not up to date.</summary>
/// <param name="Lineage">Where its weights come from.</param>
/// <param name="TakesWeights">Whether nothing is trained: the last model's weights are taken as they are.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record TrainingDecision(TrainingLineage Lineage, bool TakesWeights, string Reason)
{
    /// <summary>SHA-256 of the weights of the last model that are taken or continued from; null if there are none.</summary>
    public string? Weights { get; init; }

    /// <summary>Trains as the lineage says.</summary>
    public static TrainingDecision Train(TrainingLineage lineage) => new(lineage, false, lineage.Reason);

    /// <summary>The decision in one line for people.</summary>
    public string Words => TakesWeights ? $"the weights of the last model are used: {Reason}"
        : Lineage.Way == TrainingWay.FineTune ? $"training continues from the last model, as warm start {Lineage.Generation} in a row: {Reason}"
        : $"a new training starts: {Reason}";
}

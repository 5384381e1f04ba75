namespace NanoDet.Pipeline.Incremental;

/// <summary>What the build does about a model that has to be made anew.</summary>
/// <param name="Lineage">Where its weights come from.</param>
/// <param name="TakesWeights">Whether nothing is trained: the last model's weights are taken as they are.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record TrainingDecision(TrainingLineage Lineage, bool TakesWeights, string Reason)
{
    /// <summary>SHA-256 of the weights of the last model that are taken or gone on from; null where there are none.</summary>
    public string? Weights { get; init; }

    /// <summary>Trains as the lineage says.</summary>
    public static TrainingDecision Train(TrainingLineage lineage) => new(lineage, false, lineage.Reason);

    /// <summary>One line for people.</summary>
    public string Words => TakesWeights ? $"the weights of the last model are used: {Reason}"
        : Lineage.Way == TrainingWay.FineTune ? $"training continues from the last model, as warm start {Lineage.Generation} in a row: {Reason}"
        : $"a new training starts: {Reason}";
}

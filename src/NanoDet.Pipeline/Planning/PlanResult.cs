using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>A plan: what each stage does and why, and what the user should know about the data.</summary>
/// <param name="Inputs">Hash over all that the plan was made from.</param>
/// <param name="Stages">The stages in order; none where the data has errors.</param>
/// <param name="Diagnostics">Errors and warnings, with stored paths.</param>
/// <param name="Counts">What was looked at.</param>
/// <param name="Files">Hash of each file that the plan wrote or keeps, by its stored path; empty where there was no need for it.</param>
/// <param name="Training">How the model is trained; null where it is not, or is there already.</param>
public sealed record PlanResult(
    string Inputs,
    ImmutableArray<StageDecision> Stages,
    ImmutableArray<Diagnostic> Diagnostics,
    PlanCounts Counts,
    ImmutableSortedDictionary<string, string> Files,
    PlannedTraining? Training = null)
{
    /// <summary>The size of the data set; null where the data has errors.</summary>
    public PlannedData? Data { get; init; }

    /// <summary>The data set, where it was made anew and there is one.</summary>
    public PlannedDataset? Dataset { get; init; }
}

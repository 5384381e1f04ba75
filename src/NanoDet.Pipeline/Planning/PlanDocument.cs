using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>A <see cref="PlanResult"/> as it stands in its file.</summary>
internal sealed record PlanDocument
{
    public required int Version { get; init; }

    public required string Inputs { get; init; }

    public required ImmutableArray<StageDecision> Stages { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlannedTraining? Training { get; init; }

    public required PlanCounts Counts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlannedData? Data { get; init; }

    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    public required ImmutableArray<PlanProblem> Problems { get; init; }
}

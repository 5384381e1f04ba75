using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoDet.Pipeline.Planning;

/// <summary>
/// A <see cref="PlanResult"/> as it stands in its file. Every build reads it, and pays for each type in it before anything is read; so
/// it has as few as possible, and the decision how to train, which is rarely there, is read when it is needed.
/// </summary>
internal sealed record PlanDocument
{
    public required int Version { get; init; }

    public required string Inputs { get; init; }

    public required PlanStage[] Stages { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Training { get; init; }

    public required PlanCounts Counts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlannedData? Data { get; init; }

    public required Dictionary<string, string> Files { get; init; }

    public required PlanProblem[] Problems { get; init; }
}

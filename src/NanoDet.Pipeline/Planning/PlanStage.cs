using System.Text.Json;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>A decision about a stage as it stands in <c>plan.json</c>.</summary>
internal sealed record PlanStage
{
    public required string Name { get; init; }

    public required string Key { get; init; }

    public required string Action { get; init; }

    public required string[] Reasons { get; init; }

    public static PlanStage Of(StageDecision stage)
        => new() { Name = stage.Name, Key = stage.Key, Action = stage.Action.ToString().ToLowerInvariant(), Reasons = [.. stage.Reasons] };

    /// <exception cref="JsonException">There is no such action.</exception>
    public StageDecision ToDecision() => new(Name, Key, PlanProblem.Parse<StageAction>(Action), [.. Reasons]);
}

using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Files;
using NanoDet.Data.Files;

namespace NanoDet.Pipeline.Planning;

/// <summary>A <see cref="PlanResult"/> as <c>plan.json</c>: for people, for scripts, and for the next plan to build on.</summary>
public static class PlanFile
{
    private const int Version = 2;

    /// <summary>The bytes of the file.</summary>
    public static byte[] ToJson(PlanResult plan) => CanonicalJson.Write(
        new()
        {
            Version = Version,
            Inputs = plan.Inputs,
            Stages = [.. plan.Stages.Select(PlanStage.Of)],
            Training = plan.Training is { } training ? JsonSerializer.SerializeToElement(training, PlanJson.Canonical.PlannedTraining) : null,
            Counts = plan.Counts,
            Data = plan.Data,
            Files = plan.Files.ToDictionary(StringComparer.Ordinal),
            Problems = [.. plan.Diagnostics.Select(PlanProblem.Of)],
        },
        PlanJson.Canonical.PlanDocument);

    /// <summary>Reads the file; null where it is missing or no plan of this version, which only means that one has to be made anew.</summary>
    public static PlanResult? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(RegularFile.ReadAllBytes(path), PlanJson.Canonical.PlanDocument) is not { Version: Version } plan ? null : new PlanResult(
                plan.Inputs,
                [.. plan.Stages.Select(stage => stage.ToDecision())],
                [.. plan.Problems.Select(problem => problem.ToDiagnostic())],
                plan.Counts,
                plan.Files.ToImmutableSortedDictionary(StringComparer.Ordinal),
                plan.Training?.Deserialize(PlanJson.Canonical.PlannedTraining))
            {
                Data = plan.Data,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

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
            Stages = plan.Stages,
            Training = plan.Training,
            Counts = plan.Counts,
            Data = plan.Data,
            Files = plan.Files,
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
                plan.Stages,
                [.. plan.Problems.Select(problem => problem.ToDiagnostic())],
                plan.Counts,
                plan.Files.WithComparers(StringComparer.Ordinal),
                plan.Training)
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

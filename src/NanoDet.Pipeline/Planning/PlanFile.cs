using System.Collections.Immutable;
using System.Text.Json;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>A <see cref="PlanResult"/> as <c>plan.json</c>: for people, for scripts, and for the next plan to build on.</summary>
public static class PlanFile
{
    private const int Version = 1;

    /// <summary>The bytes of the file.</summary>
    public static byte[] ToJson(PlanResult plan) => CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("inputs", plan.Inputs);
        writer.WriteStartArray("stages");
        foreach (var stage in plan.Stages)
        {
            writer.WriteStartObject();
            writer.WriteString("name", stage.Name);
            writer.WriteString("action", ActionName(stage.Action));
            writer.WriteString("key", stage.Key);
            writer.WriteStartArray("reasons");
            foreach (var reason in stage.Reasons)
            {
                writer.WriteStringValue(reason);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (plan.Training is { } training)
        {
            writer.WritePropertyName("training");
            writer.WriteRawValue(ManifestJson.Write(training));
        }

        writer.WriteStartObject("counts");
        writer.WriteNumber("images", plan.Counts.Images);
        writer.WriteNumber("labelFiles", plan.Counts.LabelFiles);
        writer.WriteNumber("filesHashed", plan.Counts.FilesHashed);
        writer.WriteNumber("labelsParsed", plan.Counts.LabelsParsed);
        writer.WriteNumber("headersRead", plan.Counts.HeadersRead);
        writer.WriteEndObject();
        writer.WriteStartObject("files");
        foreach (var (name, hash) in plan.Files)
        {
            writer.WriteString(name, hash);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("problems");
        foreach (var problem in plan.Diagnostics)
        {
            Write(writer, problem);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>Reads the file; null where it is missing or no plan of this version, which only means that one has to be made anew.</summary>
    public static PlanResult? Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return root.GetProperty("version").GetInt32() != Version ? null : new PlanResult(
                root.GetProperty("inputs").GetString()!,
                [.. root.GetProperty("stages").EnumerateArray().Select(ReadStage)],
                [.. root.GetProperty("problems").EnumerateArray().Select(ReadProblem)],
                ReadCounts(root.GetProperty("counts")),
                root.GetProperty("files").EnumerateObject().ToImmutableSortedDictionary(file => file.Name, file => file.Value.GetString()!, StringComparer.Ordinal),
                root.TryGetProperty("training", out var training) ? ManifestJson.Read<PlannedTraining>(training) : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string ActionName(StageAction action) => action switch
    {
        StageAction.Skip => "skip",
        StageAction.Run => "run",
        _ => "restore",
    };

    private static void Write(Utf8JsonWriter writer, Diagnostic problem)
    {
        writer.WriteStartObject();
        writer.WriteString("code", problem.Code);
        writer.WriteString("severity", problem.Severity == DiagnosticSeverity.Error ? "error" : "warning");
        if (problem.Location is { } location)
        {
            writer.WriteString("file", location.File);
            writer.WriteNumber("line", location.Line);
            writer.WriteNumber("column", location.Column);
        }

        writer.WriteString("message", problem.Message);
        writer.WriteEndObject();
    }

    private static StageDecision ReadStage(JsonElement stage) => new(
        stage.GetProperty("name").GetString()!,
        stage.GetProperty("key").GetString()!,
        stage.GetProperty("action").GetString() switch
        {
            "skip" => StageAction.Skip,
            "run" => StageAction.Run,
            _ => StageAction.Restore,
        },
        [.. stage.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)]);

    private static Diagnostic ReadProblem(JsonElement problem) => new(
        problem.GetProperty("code").GetString()!,
        problem.GetProperty("severity").GetString() == "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
        problem.GetProperty("message").GetString()!,
        problem.TryGetProperty("file", out var file)
            ? new SourceLocation(file.GetString()!, problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32())
            : null);

    private static PlanCounts ReadCounts(JsonElement counts) => new(
        counts.GetProperty("images").GetInt32(),
        counts.GetProperty("labelFiles").GetInt32(),
        counts.GetProperty("filesHashed").GetInt32(),
        counts.GetProperty("labelsParsed").GetInt32(),
        counts.GetProperty("headersRead").GetInt32());
}

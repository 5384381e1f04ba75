using System.Text.Json;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Pipeline.Planning;

/// <summary>A diagnostic as it stands in <c>plan.json</c>.</summary>
internal sealed record PlanProblem
{
    public required string Code { get; init; }

    [JsonConverter(typeof(SeverityNames))]
    public required DiagnosticSeverity Severity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? File { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Column { get; init; }

    public required string Message { get; init; }

    public static PlanProblem Of(Diagnostic diagnostic) => new()
    {
        Code = diagnostic.Code,
        Severity = diagnostic.Severity,
        File = diagnostic.Location?.File,
        Line = diagnostic.Location?.Line,
        Column = diagnostic.Location?.Column,
        Message = diagnostic.Message,
    };

    public Diagnostic ToDiagnostic() => new(Code, Severity, Message, File is null ? null : new SourceLocation(File, Line ?? 0, Column ?? 0));

    internal sealed class SeverityNames() : JsonStringEnumConverter<DiagnosticSeverity>(JsonNamingPolicy.CamelCase);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using NanoDet.Core.Diagnostics;

namespace NanoDet.Pipeline.Planning;

/// <summary>A diagnostic as it stands in <c>plan.json</c>.</summary>
internal sealed record PlanProblem
{
    public required string Code { get; init; }

    public required string Severity { get; init; }

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
        Severity = diagnostic.Severity.ToString().ToLowerInvariant(),
        File = diagnostic.Location?.File,
        Line = diagnostic.Location?.Line,
        Column = diagnostic.Location?.Column,
        Message = diagnostic.Message,
    };

    /// <exception cref="JsonException">There is no such severity.</exception>
    public Diagnostic ToDiagnostic() => new(Code, Parse<DiagnosticSeverity>(Severity), Message, File is null ? null : new SourceLocation(File, Line ?? 0, Column ?? 0));

    /// <summary>The value of a name in lower case.</summary>
    internal static T Parse<T>(string name)
        where T : struct, Enum
        => Enum.TryParse<T>(name, ignoreCase: true, out var value) && value.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)
            ? value
            : throw new JsonException($"'{name}' is unknown");
}

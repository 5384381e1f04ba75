using System.Text.Json.Serialization;

namespace NanoDet.Pipeline.Sarif;

/// <summary>
/// What we write of SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS); the names are those of the standard. What may be
/// missing has a default, because it is not written, and the file is read again.
/// </summary>
/// <param name="Runs">One run: that of a build, with its plan and its lint. Pages of code scanning refuse two of one tool.</param>
internal sealed record SarifLog(SarifRun[] Runs)
{
    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-2)]
    public string Schema { get; init; } = "https://json.schemastore.org/sarif-2.1.0.json";

    [JsonPropertyOrder(-1)]
    public string Version { get; init; } = "2.1.0";
}

internal sealed record SarifRun(SarifTool Tool, Dictionary<string, SarifBase> OriginalUriBaseIds, SarifResult[] Results)
{
    public string ColumnKind { get; init; } = "utf16CodeUnits";
}

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string SemanticVersion, string InformationUri, SarifRule[] Rules);

/// <summary>A code, with its page.</summary>
internal sealed record SarifRule(string Id, [property: JsonPropertyOrder(1)] string HelpUri)
{
    public SarifText? ShortDescription { get; init; }
}

/// <summary>What relative addresses begin with. It has no address of its own, which would be another one on each machine.</summary>
internal sealed record SarifBase(SarifText Description);

internal sealed record SarifText(string Text);

internal sealed record SarifResult(string RuleId, int RuleIndex, string Level, SarifText Message, SarifLocation[] Locations);

internal sealed record SarifLocation(SarifPlace PhysicalLocation);

internal sealed record SarifPlace(SarifFile ArtifactLocation, SarifRegion? Region = null);

internal sealed record SarifFile(string Uri, string? UriBaseId = null);

internal sealed record SarifRegion(int StartLine, int? StartColumn = null);

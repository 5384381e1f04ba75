using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NanoDet.Core.Models;
using NanoDet.Data.Evaluation;

namespace NanoDet.Pipeline.Manifest;

/// <summary>
/// Everything about a built model, as <c>NAME.manifest.json</c> beside it. The same inputs give the same bytes:
/// it contains no time, path or machine.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The version of this layout; a reader accepts versions up to its own.</summary>
    public const int CurrentSchema = 1;

    /// <summary>How the name of the file with the decoding inside ends.</summary>
    public const string DetectionsExtension = ".detections.onnx";

    /// <summary>Version of the layout.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>The project's version, with the beginning of the ONNX file's SHA-256 as build metadata.</summary>
    public required string Version { get; init; }

    /// <summary>The files that belong together.</summary>
    public required ImmutableArray<ManifestFile> Files { get; init; }

    /// <summary>How images are prepared and predictions are decoded.</summary>
    public required ModelMetadata Model { get; init; }

    /// <summary>The figures of the ONNX file.</summary>
    public required EvaluationResult Evaluation { get; init; }

    /// <summary>How it got 8 bits; null if it does not have 8 bits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestQuantization? Quantization { get; init; }

    /// <summary>The data that it was trained on.</summary>
    public required ManifestData Data { get; init; }

    /// <summary>How it was trained.</summary>
    public required ManifestTraining Training { get; init; }

    /// <summary>Where it comes from.</summary>
    public required ManifestLineage Lineage { get; init; }

    /// <summary>How exactly it can be reproduced.</summary>
    public required ManifestReproducibility Reproducibility { get; init; }

    /// <summary>The version of NanoDet.Build with the commit it was built from.</summary>
    public required string Tool { get; init; }

    /// <summary>The commit that the project was built from; null outside a repository.</summary>
    public string? Commit { get; init; }

    /// <summary>The effective configuration.</summary>
    public required JsonNode Configuration { get; init; }

    /// <summary>Whether there is a file with the decoding inside.</summary>
    [JsonIgnore]
    public bool HasDetections => Files.Any(file => file.Name == Name + DetectionsExtension);

    /// <summary>The version with a file's digest as build metadata: <c>1.2.0+sha.1a2b3c4d5e6f</c>.</summary>
    /// <param name="version">The project's version; it may already have build metadata.</param>
    /// <param name="digest">SHA-256, hexadecimal.</param>
    public static string VersionOf(string version, string digest)
        => $"{version}{(version.Contains('+', StringComparison.Ordinal) ? '.' : '+')}sha.{digest[..12]}";
}

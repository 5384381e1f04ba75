using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NanoDet.Core.Models;

namespace NanoDet.Data.Evaluation;

/// <summary>The figures of an exported model. The worker writes them, and the build reads them.</summary>
public sealed record EvaluationResult
{
    /// <summary>The figures of the validation part; null if it has no images.</summary>
    public PartResult? Validation { get; init; }

    /// <summary>The figures of the test part; null if it has no images.</summary>
    public PartResult? Test { get; init; }

    /// <summary>What the same network reaches with 32 bits; null if the model does not have 8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnquantizedResult? Unquantized { get; init; }

    /// <summary>The score threshold of the model: the one that the project asks for, else the best on the validation part, else the default.</summary>
    /// <param name="asked">What the project asks for; null for nothing.</param>
    public double Threshold(double? asked) => asked ?? Validation?.BestThreshold ?? ModelMetadata.DefaultScoreThreshold;

    /// <summary>Names and versions of the libraries that ran the model.</summary>
    public ImmutableSortedDictionary<string, string> Packages { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

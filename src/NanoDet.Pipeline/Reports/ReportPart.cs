using System.Collections.Immutable;
using NanoDet.Data.Evaluation;
using NanoDet.Data.Evaluation.Details;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Pipeline.Reports;

/// <summary>How a model does on one part of a data set.</summary>
/// <param name="Name">Its name in a sentence: <c>validation part</c>.</param>
/// <param name="Result">The figures.</param>
/// <param name="Details">What stands behind them; null if it is not known.</param>
public sealed record ReportPart(string Name, PartResult Result, PartDetails? Details)
{
    /// <summary>The names of its classes in label order.</summary>
    public ImmutableArray<string> Classes => [.. Result.Classes.Select(item => item.Name)];

    /// <summary>What other models reach on their part of that name, with a word for each: <c>last model</c>.</summary>
    public ImmutableArray<(string Model, PartResult Result)> Compared { get; init; } = [];

    /// <summary>Returns the parts of an evaluation that have images.</summary>
    /// <param name="evaluation">The figures of the model.</param>
    /// <param name="details">What stands behind them; null if it is not known.</param>
    /// <param name="others">The models to compare with, with a word for each.</param>
    public static ImmutableArray<ReportPart> Of(
        EvaluationResult evaluation, EvaluationDetails? details, IReadOnlyCollection<(string Model, ModelManifest Manifest)> others)
    {
        return
        [
            .. Part("validation part", evaluation.Validation, details?.Validation, evaluation.Unquantized?.Validation, other => other.Validation),
            .. Part("test part", evaluation.Test, details?.Test, evaluation.Unquantized?.Test, other => other.Test),
        ];

        ReportPart[] Part(string name, PartResult? result, PartDetails? known, PartResult? unquantized, Func<EvaluationResult, PartResult?> of) => result is null ? [] :
        [
            new(name, result, known)
            {
                Compared =
                [
                    .. unquantized is null ? [] : new[] { ("with 32 bits", unquantized) },
                    .. others.Select(other => (other.Model, Result: of(other.Manifest.Evaluation))).Where(other => other.Result is not null).Select(other => (other.Model, other.Result!)),
                ],
            },
        ];
    }
}

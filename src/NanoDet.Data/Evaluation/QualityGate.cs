using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Evaluation;

/// <summary>The quality gates that a model must pass; null for no gate.</summary>
/// <param name="MinimumMap"><c>NanoDetMinimumMap</c>.</param>
/// <param name="MinimumMap50"><c>NanoDetMinimumMap50</c>.</param>
/// <param name="MaximumRegression"><c>NanoDetMaximumRegression</c>: how far mAP and mAP50 may fall below the baseline's.</param>
public sealed record QualityGate(double? MinimumMap, double? MinimumMap50, double? MaximumRegression)
{
    /// <summary>Checks the figures of the validation part.</summary>
    /// <param name="now">The figures of the model.</param>
    /// <param name="before">The figures of the baseline; null without one.</param>
    /// <returns>An error for each figure that is not good enough.</returns>
    public IEnumerable<Diagnostic> Judge(EvaluationResult now, EvaluationResult? before)
    {
        var (map, map50) = (now.Validation?.Map, now.Validation?.Map50);
        if (map is null && (MinimumMap ?? MinimumMap50 ?? MaximumRegression) is not null)
        {
            yield return QualityDiagnostics.NothingToJudge();
            yield break;
        }

        if (map < MinimumMap)
        {
            yield return QualityDiagnostics.BelowMinimum("mAP", map.Value, "NanoDetMinimumMap", MinimumMap.Value, now.Unquantized?.Validation?.Map);
        }

        if (map50 < MinimumMap50)
        {
            yield return QualityDiagnostics.BelowMinimum("mAP50", map50.Value, "NanoDetMinimumMap50", MinimumMap50.Value, now.Unquantized?.Validation?.Map50);
        }

        if (before?.Validation?.Map is { } oldMap && map is { } newMap && oldMap - newMap > MaximumRegression)
        {
            yield return QualityDiagnostics.Regression("mAP", oldMap, newMap, MaximumRegression.Value);
        }

        if (before?.Validation?.Map50 is { } oldMap50 && map50 is { } newMap50 && oldMap50 - newMap50 > MaximumRegression)
        {
            yield return QualityDiagnostics.Regression("mAP50", oldMap50, newMap50, MaximumRegression.Value);
        }
    }
}

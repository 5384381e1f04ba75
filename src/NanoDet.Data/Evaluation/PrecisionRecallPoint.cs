namespace NanoDet.Data.Evaluation;

/// <summary>Precision and recall at one score threshold: all detections with at least this score are accepted.</summary>
/// <param name="Score">The threshold.</param>
/// <param name="Precision">Share of the accepted detections that are right.</param>
/// <param name="Recall">Share of the objects that are detected.</param>
public readonly record struct PrecisionRecallPoint(double Score, double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall; 0 if both are 0.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}

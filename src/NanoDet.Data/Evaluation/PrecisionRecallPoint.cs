namespace NanoDet.Data.Evaluation;

/// <summary>What one score threshold gives: all detections of at least this score are accepted.</summary>
/// <param name="Score">The threshold.</param>
/// <param name="Precision">Share of the accepted detections that are right.</param>
/// <param name="Recall">Share of the objects that are found.</param>
public readonly record struct PrecisionRecallPoint(double Score, double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall; 0 where both are 0.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}

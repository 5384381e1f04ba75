namespace NanoDet.Data.Evaluation;

/// <summary>Figures of one class.</summary>
/// <param name="CategoryId">The class.</param>
/// <param name="AveragePrecision">Average precision over IoU thresholds 0.50 to 0.95; null if the class has no object to count.</param>
/// <param name="AveragePrecision50">Average precision at an IoU of 0.50; null if the class has no object to count.</param>
public sealed record ClassMetrics(int CategoryId, double? AveragePrecision, double? AveragePrecision50);

namespace NanoDet.Data.Evaluation;

/// <summary>Figures of one class.</summary>
/// <param name="CategoryId">The class.</param>
/// <param name="AveragePrecision">AP over overlaps 0.50 to 0.95; null where the class has no object that counts.</param>
/// <param name="AveragePrecision50">AP at overlap 0.50; null where the class has no object that counts.</param>
public sealed record ClassMetrics(int CategoryId, double? AveragePrecision, double? AveragePrecision50);

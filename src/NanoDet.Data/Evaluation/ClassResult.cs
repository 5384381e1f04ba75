namespace NanoDet.Data.Evaluation;

/// <summary>Figures of one class; null where the class has no object that counts.</summary>
/// <param name="Name">The class.</param>
/// <param name="Map">AP over overlaps 0.50 to 0.95.</param>
/// <param name="Map50">AP at overlap 0.50.</param>
public sealed record ClassResult(string Name, double? Map, double? Map50);

namespace NanoDet.Data.Evaluation;

/// <summary>The figures of the file with 32-bit numbers that a model with 8 bits was made from.</summary>
/// <param name="Validation">The figures of the validation part; null if it has no images.</param>
/// <param name="Test">The figures of the test part; null if it has no images.</param>
public sealed record UnquantizedResult(PartResult? Validation, PartResult? Test);

using NanoDet.Training.Native;

namespace NanoDet.Training.Proof;

/// <summary>An arithmetic that computes a network correctly on this machine.</summary>
/// <param name="Arithmetic">What computes.</param>
/// <param name="Operations">How many operations were proved.</param>
/// <param name="Replaced">What was wrong with the first choice, where that is another; null where it is the first choice.</param>
public sealed record ProvedArithmetic(Arithmetic Arithmetic, int Operations, Discrepancy? Replaced = null);

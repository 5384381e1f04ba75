using NanoDet.Pipeline.Incremental;

namespace NanoDet.Pipeline.Planning;

/// <summary>A decision how to train, and what it was based on.</summary>
/// <param name="Basis">
/// SHA-256 of the last model's record, or of the decision with which an interrupted training began; empty for none. Another one asks for another decision.
/// </param>
/// <param name="Decision">The decision.</param>
public sealed record PlannedTraining(string Basis, TrainingDecision Decision);

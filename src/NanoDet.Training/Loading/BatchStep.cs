using System.Collections.Immutable;

namespace NanoDet.Training.Loading;

/// <summary>What a batch is made of.</summary>
/// <param name="Position">Its position in the training; the first for a validation.</param>
/// <param name="Visits">Its images, in order.</param>
public sealed record BatchStep(TrainingPosition Position, ImmutableArray<ImageVisit> Visits);

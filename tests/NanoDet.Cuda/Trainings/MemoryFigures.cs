namespace NanoDet.Cuda.Trainings;

/// <summary>Memory at the end of a training. libtorch keeps a card's memory until its process ends, so what is free then was never less.</summary>
/// <param name="PeakResidentBytes">The most that the process had of the machine's memory.</param>
/// <param name="FreeOnCard">What is free on the card; null without one.</param>
internal sealed record MemoryFigures(long PeakResidentBytes, long? FreeOnCard);

using NanoDet.Training.Checkpoints;

namespace NanoDet.Training.Loop;

/// <summary>How a training ended.</summary>
/// <param name="Ending">Why it ended.</param>
/// <param name="Epochs">Epochs that were trained.</param>
/// <param name="Best">The validation that the model is from; null where nothing was validated.</param>
/// <param name="ModelPath">The weights: of the best validation, or of the last step where nothing was validated.</param>
public sealed record TrainingResult(TrainingEnding Ending, int Epochs, BestEpoch? Best, string ModelPath);

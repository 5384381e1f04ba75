using NanoDet.Training.Checkpoints;

namespace NanoDet.Training.Loop;

/// <summary>How a training ended.</summary>
/// <param name="Ending">Why it ended.</param>
/// <param name="Epochs">Epochs that were trained.</param>
/// <param name="Best">The validation at which the model was saved; null if there was none, or none with a figure above 0.</param>
/// <param name="ModelPath">The weights at the best validation, or after the last step if there is no best one.</param>
public sealed record TrainingResult(TrainingEnding Ending, int Epochs, BestEpoch? Best, string ModelPath);

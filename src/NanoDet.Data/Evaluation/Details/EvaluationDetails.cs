namespace NanoDet.Data.Evaluation.Details;

/// <summary>What a report shows of an evaluation besides its figures. The worker writes it, and the build reads it.</summary>
/// <param name="Threshold">The score threshold of the model, at which detections are accepted.</param>
/// <param name="Validation">The details of the validation part; null if it has no images.</param>
/// <param name="Test">The details of the test part; null if it has no images.</param>
public sealed record EvaluationDetails(double Threshold, PartDetails? Validation, PartDetails? Test);

using NanoDet.Core.Geometry;

namespace NanoDet.Data.Evaluation;

/// <summary>One detection to evaluate.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">Its class.</param>
/// <param name="Box">Its box in pixels of the image.</param>
/// <param name="Score">The confidence of the model; only the order matters.</param>
public readonly record struct EvaluationDetection(long ImageId, int CategoryId, BoundingBox Box, double Score);

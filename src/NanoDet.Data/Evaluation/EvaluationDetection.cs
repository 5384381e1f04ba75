using NanoDet.Core.Geometry;

namespace NanoDet.Data.Evaluation;

/// <summary>One detection to be judged.</summary>
/// <param name="ImageId">The image it was made on.</param>
/// <param name="CategoryId">The class it claims.</param>
/// <param name="Box">Its box in pixels of the image.</param>
/// <param name="Score">How sure the model is; only the order matters.</param>
public readonly record struct EvaluationDetection(long ImageId, int CategoryId, BoundingBox Box, double Score);

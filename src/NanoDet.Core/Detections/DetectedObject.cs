using NanoDet.Core.Geometry;

namespace NanoDet.Core.Detections;

/// <summary>One object that a model found.</summary>
/// <param name="Label">Index of its class.</param>
/// <param name="Score">Confidence, 0 to 1.</param>
/// <param name="Box">Its box, in pixels of the network's input or of the image; the producer says which.</param>
public readonly record struct DetectedObject(int Label, float Score, BoundingBox Box);

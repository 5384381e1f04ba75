using System.Collections.Immutable;

namespace NanoDet.Tool.Evaluation;

/// <summary>The result of an evaluation, as <c>--json</c> writes it.</summary>
/// <param name="Images">The number of images.</param>
/// <param name="Detections">The number of detections.</param>
/// <param name="Stats">The twelve figures in the order of pycocotools; -1 if there is no object to count.</param>
/// <param name="Classes">The figures of each class.</param>
internal sealed record EvaluationReport(int Images, int Detections, ImmutableArray<double> Stats, ImmutableArray<ClassReport> Classes);

/// <summary>The figures of one class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Objects">The number of labelled objects to count.</param>
/// <param name="Map">mAP of the class, over IoU thresholds 0.50 to 0.95; null if there is no object to count.</param>
/// <param name="Map50">mAP50 of the class; null if there is no object to count.</param>
internal sealed record ClassReport(string Name, int Objects, double? Map, double? Map50);

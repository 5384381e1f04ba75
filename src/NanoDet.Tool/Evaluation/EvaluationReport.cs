using System.Collections.Immutable;

namespace NanoDet.Tool.Evaluation;

/// <summary>The outcome of an evaluation, as <c>--json</c> writes it.</summary>
/// <param name="Images">Images that were judged.</param>
/// <param name="Detections">Detections that were judged.</param>
/// <param name="Stats">The twelve figures in the order of pycocotools; -1 where no object counts.</param>
/// <param name="Classes">Each class.</param>
internal sealed record EvaluationReport(int Images, int Detections, ImmutableArray<double> Stats, ImmutableArray<ClassReport> Classes);

/// <summary>The figures of one class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Objects">Labelled objects that count.</param>
/// <param name="AP">AP over overlaps 0.50 to 0.95; null where no object counts.</param>
/// <param name="AP50">AP at overlap 0.50; null where no object counts.</param>
internal sealed record ClassReport(string Name, int Objects, double? AP, double? AP50);

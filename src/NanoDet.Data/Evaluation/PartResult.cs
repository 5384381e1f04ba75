using System.Collections.Immutable;
using NanoDet.Data.Datasets;

namespace NanoDet.Data.Evaluation;

/// <summary>COCO's figures for one part of a data set; null if there is no object to count.</summary>
public sealed record PartResult
{
    /// <summary>The number of images.</summary>
    public required int Images { get; init; }

    /// <summary>mAP: mean average precision over IoU thresholds 0.50 to 0.95.</summary>
    public double? Map { get; init; }

    /// <summary>mAP50: mean average precision at an IoU of 0.50.</summary>
    public double? Map50 { get; init; }

    /// <summary>mAP75: mean average precision at an IoU of 0.75.</summary>
    public double? Map75 { get; init; }

    /// <summary>Of objects up to 32² pixels.</summary>
    public double? MapSmall { get; init; }

    /// <summary>Of objects from 32² to 96² pixels.</summary>
    public double? MapMedium { get; init; }

    /// <summary>Of objects from 96² pixels.</summary>
    public double? MapLarge { get; init; }

    /// <summary>Average recall with a hundred detections per image.</summary>
    public double? Recall { get; init; }

    /// <summary>The score threshold with the largest mean F1; null if no detection is right.</summary>
    public double? BestThreshold { get; init; }

    /// <summary>Mean F1 at that threshold.</summary>
    public double? BestF1 { get; init; }

    /// <summary>The classes in label order.</summary>
    public ImmutableArray<ClassResult> Classes { get; init; } = [];

    /// <summary>Evaluates detections in one part of a data set.</summary>
    /// <param name="classes">Class names in label order.</param>
    /// <param name="images">The images of the part.</param>
    /// <param name="detections">The detections: image ids are indices into the list, category ids are labels.</param>
    /// <param name="least">The score below which detections were not kept.</param>
    public static PartResult Of(
        ImmutableArray<string> classes, IReadOnlyList<DatasetImage> images, IReadOnlyCollection<EvaluationDetection> detections, double least)
    {
        var metrics = CocoEvaluator.Evaluate(classes.Length, images, detections);
        var curves = PrecisionRecallCurve.Of([.. Enumerable.Range(0, classes.Length)], EvaluationTruth.Of(images), detections);
        var best = ScoreThreshold.Best(curves, least);
        return new PartResult
        {
            Images = images.Count,
            Map = Known(metrics.AP),
            Map50 = Known(metrics.AP50),
            Map75 = Known(metrics.AP75),
            MapSmall = Known(metrics.APSmall),
            MapMedium = Known(metrics.APMedium),
            MapLarge = Known(metrics.APLarge),
            Recall = Known(metrics.AR100),
            BestThreshold = best?.Score,
            BestF1 = best?.F1,
            Classes = [.. classes.Select((name, label) => OfClass(name, metrics.Classes[label], ScoreThreshold.Best([curves[label]], least)))],
        };
    }

    private static ClassResult OfClass(string name, ClassMetrics figures, ScoreThreshold? best)
        => new(name, figures.AveragePrecision, figures.AveragePrecision50) { BestThreshold = best?.Score, BestF1 = best?.F1 };

    private static double? Known(double figure) => figure < 0 ? null : figure;
}

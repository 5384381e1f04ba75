using System.Collections.Immutable;

namespace NanoDet.Data.Evaluation;

/// <summary>The twelve figures of COCO's box evaluation and those of each class; -1 if there is no object to count, as in pycocotools.</summary>
/// <param name="Stats">The figures in the order of pycocotools.</param>
/// <param name="Classes">The classes in the requested order.</param>
public sealed record CocoMetrics(ImmutableArray<double> Stats, ImmutableArray<ClassMetrics> Classes)
{
    /// <summary>NanoDet's names of the first six figures, for <c>evaluator.save_key</c>.</summary>
    public static ImmutableArray<string> SaveKeys { get; } = ["mAP", "AP_50", "AP_75", "AP_small", "AP_m", "AP_l"];

    /// <summary>mAP: mean average precision over IoU thresholds 0.50 to 0.95.</summary>
    public double AP => Stats[0];

    /// <summary>mAP50: mean average precision at an IoU of 0.50.</summary>
    public double AP50 => Stats[1];

    /// <summary>mAP75: mean average precision at an IoU of 0.75.</summary>
    public double AP75 => Stats[2];

    /// <summary>Of objects up to 32² pixels.</summary>
    public double APSmall => Stats[3];

    /// <summary>Of objects from 32² to 96² pixels.</summary>
    public double APMedium => Stats[4];

    /// <summary>Of objects from 96² pixels.</summary>
    public double APLarge => Stats[5];

    /// <summary>Average recall with one detection per image.</summary>
    public double AR1 => Stats[6];

    /// <summary>Average recall with ten detections per image.</summary>
    public double AR10 => Stats[7];

    /// <summary>Average recall with a hundred detections per image.</summary>
    public double AR100 => Stats[8];

    /// <summary>Of objects up to 32² pixels.</summary>
    public double ARSmall => Stats[9];

    /// <summary>Of objects from 32² to 96² pixels.</summary>
    public double ARMedium => Stats[10];

    /// <summary>Of objects from 96² pixels.</summary>
    public double ARLarge => Stats[11];

    /// <summary>Returns the figure with one of the names in <see cref="SaveKeys"/>.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public double Figure(string saveKey) => SaveKeys.IndexOf(saveKey) is >= 0 and var index
        ? Stats[index]
        : throw new ArgumentException($"no figure is named {saveKey}", nameof(saveKey));
}

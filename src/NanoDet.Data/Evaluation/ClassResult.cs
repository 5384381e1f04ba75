using System.Text.Json.Serialization;

namespace NanoDet.Data.Evaluation;

/// <summary>Figures of one class; null if the class has no object to count.</summary>
/// <param name="Name">The class.</param>
/// <param name="Map">mAP of the class: average precision over IoU thresholds 0.50 to 0.95.</param>
/// <param name="Map50">mAP50 of the class: average precision at an IoU of 0.50.</param>
public sealed record ClassResult(string Name, double? Map, double? Map50)
{
    /// <summary>The score threshold with the largest F1 for the class alone; null if none of its detections is right.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BestThreshold { get; init; }

    /// <summary>F1 at that threshold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BestF1 { get; init; }
}

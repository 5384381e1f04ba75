using System.Text.Json.Serialization;

namespace NanoDet.Pipeline.Incremental;

/// <summary>How weights come about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingWay>))]
public enum TrainingWay
{
    /// <summary>Trained from the beginning.</summary>
    [JsonStringEnumMemberName("scratch")]
    Scratch,

    /// <summary>Trained on from an earlier model's, by a shorter schedule (<see cref="WarmStart"/>).</summary>
    [JsonStringEnumMemberName("finetune")]
    FineTune,

    /// <summary>An earlier model's, as they are: what it learnt from is the same.</summary>
    [JsonStringEnumMemberName("kept")]
    Kept,

    /// <summary>An earlier model's, as they are, though what it learnt from changed: the project asks for no training.</summary>
    [JsonStringEnumMemberName("stale")]
    Stale,
}

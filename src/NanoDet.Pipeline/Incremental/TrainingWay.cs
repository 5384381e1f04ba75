using System.Text.Json.Serialization;

namespace NanoDet.Pipeline.Incremental;

/// <summary>How weights are made.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingWay>))]
public enum TrainingWay
{
    /// <summary>By a new training.</summary>
    [JsonStringEnumMemberName("scratch")]
    Scratch,

    /// <summary>By a warm start from an earlier model, with a shorter schedule (<see cref="WarmStart"/>).</summary>
    [JsonStringEnumMemberName("finetune")]
    FineTune,

    /// <summary>Taken from an earlier model, because the training part is the same.</summary>
    [JsonStringEnumMemberName("kept")]
    Kept,

    /// <summary>Taken from an earlier model although the training part changed, because the project does not allow training.</summary>
    [JsonStringEnumMemberName("stale")]
    Stale,
}

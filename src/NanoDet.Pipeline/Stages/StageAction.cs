using System.Text.Json.Serialization;

namespace NanoDet.Pipeline.Stages;

/// <summary>What the build does about a stage.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StageAction>))]
public enum StageAction
{
    /// <summary>Its outputs are there and were made from what is there now.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>It runs.</summary>
    [JsonStringEnumMemberName("run")]
    Run,

    /// <summary>Its outputs come from the store, where an earlier run left them.</summary>
    [JsonStringEnumMemberName("restore")]
    Restore,
}

using System.Text.Json.Serialization;

namespace NanoDet.Pipeline.Stages;

/// <summary>What the build does with a stage.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StageAction>))]
public enum StageAction
{
    /// <summary>Its outputs are up to date.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>It runs.</summary>
    [JsonStringEnumMemberName("run")]
    Run,

    /// <summary>Its outputs are restored from the store.</summary>
    [JsonStringEnumMemberName("restore")]
    Restore,
}

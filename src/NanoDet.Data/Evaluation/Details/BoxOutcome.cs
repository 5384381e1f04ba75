using System.Text.Json.Serialization;

namespace NanoDet.Data.Evaluation.Details;

/// <summary>What became of a labelled object or of a detection.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BoxOutcome>))]
public enum BoxOutcome
{
    /// <summary>An object that was detected, or the detection of it, with the right class.</summary>
    Right,

    /// <summary>An object that was detected with another class, or the detection with that class.</summary>
    OtherClass,

    /// <summary>An object that was not detected, or a detection where there is no object.</summary>
    Wrong,

    /// <summary>An object that evaluation ignores, or a detection of one.</summary>
    Ignored,
}

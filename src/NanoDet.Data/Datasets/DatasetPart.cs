using System.Text.Json.Serialization;

namespace NanoDet.Data.Datasets;

/// <summary>What an image is used for.</summary>
[JsonConverter(typeof(PartNameConverter))]
public enum DatasetPart
{
    /// <summary>Learnt from, and augmented.</summary>
    Train,

    /// <summary>Decides which checkpoint is best, and the figures of the manifest.</summary>
    Validation,

    /// <summary>Touched only at the end.</summary>
    Test,
}

using System.Text.Json.Serialization;

namespace NanoDet.Data.Datasets;

/// <summary>What an image is used for.</summary>
[JsonConverter(typeof(PartNameConverter))]
public enum DatasetPart
{
    /// <summary>The training part: used for training, and augmented.</summary>
    Train,

    /// <summary>The validation part: decides which epoch is best, and gives the figures of the manifest.</summary>
    Validation,

    /// <summary>The test part: used only for the final evaluation.</summary>
    Test,
}

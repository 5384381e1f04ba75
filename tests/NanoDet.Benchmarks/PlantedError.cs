using NanoDet.Data.Datasets;

namespace NanoDet.Benchmarks;

/// <summary>One error that was planted.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Image">The index of its image.</param>
/// <param name="Right">The object as it was.</param>
/// <param name="Wrong">The object with the error; the same as <paramref name="Right"/> where it was left out.</param>
internal sealed record PlantedError(PlantedKind Kind, int Image, DatasetObject Right, DatasetObject Wrong);

/// <summary>What is wrong.</summary>
internal enum PlantedKind
{
    /// <summary>The object has another class.</summary>
    OtherClass,

    /// <summary>The object has no label.</summary>
    LeftOut,

    /// <summary>Its box is shifted.</summary>
    Shifted,
}

using NanoDet.Core.Models;

namespace NanoDet.Detection;

/// <summary>How a <see cref="Detector"/> runs; what is left out comes from the model.</summary>
public sealed record DetectorOptions
{
    /// <summary>Threads of one picture's computation; 0 for one a physical core.</summary>
    public int Threads { get; init; }

    /// <summary>Pictures that <c>DetectManyAsync</c> puts into one run of the network, where the model allows several.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>What the model runs on.</summary>
    public ExecutionDevice Device { get; init; }

    /// <summary>Which of several cards.</summary>
    public int DeviceId { get; init; }

    /// <summary>Detections at or below this score are left out; null for the model's own threshold.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>Of two boxes of one class that overlap by more, the weaker goes; null for the model's own threshold.</summary>
    public double? IouThreshold { get; init; }

    /// <summary>Most detections of one picture; null for the model's own number.</summary>
    public int? MaxDetections { get; init; }

    /// <summary>A text file with one class name a line, for models that carry none; null for none.</summary>
    public string? ClassesFile { get; init; }

    /// <summary>
    /// All that is to be known of the model, in place of what it says of itself or what its shapes tell; for models of others
    /// that normalise in another way, for example.
    /// </summary>
    public ModelMetadata? Metadata { get; init; }
}

using System.Collections.Immutable;
using NanoDet.Core.Detections;

namespace NanoDet.Core.Models;

/// <summary>
/// All that a program has to know of an exported model besides its numbers. Travels inside the ONNX file
/// (<see cref="ModelMetadataProperties"/>), so that the file alone is enough to detect with.
/// </summary>
public sealed record ModelMetadata
{
    /// <summary>The score below which detections are not shown unless a model or its user says otherwise.</summary>
    public const double DefaultScoreThreshold = 0.35;

    /// <summary>What NanoDet subtracts from blue, green and red unless a configuration says otherwise, on the 0 to 255 scale.</summary>
    public static ImmutableArray<double> UsualMean { get; } = [103.53, 116.28, 123.675];

    /// <summary>What NanoDet divides blue, green and red by afterwards.</summary>
    public static ImmutableArray<double> UsualStd { get; } = [57.375, 57.12, 58.395];

    /// <summary>Class names; the index is the column of the output.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>Width of the input, in pixels.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Height of the input, in pixels.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Pixels from one prediction to the next, for each level in the order of the output's rows.</summary>
    public required ImmutableArray<int> Strides { get; init; }

    /// <summary>Largest distance a prediction can express, in strides; a side has <c>RegMax + 1</c> columns.</summary>
    public required int RegMax { get; init; }

    /// <summary>Whether predictions measure from the middle of their cell (legacy models) or from its corner (NanoDet-Plus).</summary>
    public required bool CentredPriors { get; init; }

    /// <summary>
    /// Whether a picture keeps its aspect ratio, with zeros after normalisation at the right or the bottom, or is stretched
    /// to the input's size.
    /// </summary>
    public required bool KeepRatio { get; init; }

    /// <summary>Subtracted from blue, green and red, on the 0 to 255 scale.</summary>
    public ImmutableArray<double> Mean { get; init; } = UsualMean;

    /// <summary>Divides blue, green and red afterwards.</summary>
    public ImmutableArray<double> Std { get; init; } = UsualStd;

    /// <summary>Detections below this score are not shown unless one asks for more.</summary>
    public double ScoreThreshold { get; init; } = DefaultScoreThreshold;

    /// <summary>Of two boxes of one class that overlap by more than this IoU, the weaker one is dropped.</summary>
    public double IouThreshold { get; init; } = NonMaximumSuppression.UsualIouThreshold;

    /// <summary>Most detections of one picture.</summary>
    public int MaxDetections { get; init; } = NonMaximumSuppression.UsualMaxDetections;

    /// <summary>Version of the model, as SemVer; null where it has none.</summary>
    public string? Version { get; init; }

    /// <summary>Licence of the model as an SPDX expression; null where nothing is said.</summary>
    public string? License { get; init; }

    /// <summary>What turns the output's rows into boxes.</summary>
    public BoxDecoder Decoder => new(Strides, RegMax, Classes.Length, CentredPriors);
}

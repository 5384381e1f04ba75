using System.Collections.Immutable;
using NanoDet.Core.Detections;

namespace NanoDet.Core.Models;

/// <summary>
/// Everything that a program needs to know about an exported model besides its weights. It is stored inside the ONNX file
/// (<see cref="ModelMetadataProperties"/>), so the file alone is enough to detect objects.
/// </summary>
public sealed record ModelMetadata
{
    /// <summary>The default score threshold: detections below it are not shown.</summary>
    public const double DefaultScoreThreshold = 0.35;

    /// <summary>The default mean that NanoDet subtracts from blue, green and red, on the 0 to 255 scale.</summary>
    public static ImmutableArray<double> UsualMean { get; } = [103.53, 116.28, 123.675];

    /// <summary>The default standard deviation by which NanoDet then divides blue, green and red.</summary>
    public static ImmutableArray<double> UsualStd { get; } = [57.375, 57.12, 58.395];

    /// <summary>Class names; the index is the column of the output.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>Width of the input, in pixels.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Height of the input, in pixels.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Pixels from one prediction to the next, for each level in the order of the output's rows.</summary>
    public required ImmutableArray<int> Strides { get; init; }

    /// <summary>The largest distance that a prediction can express, in strides; each side has <c>RegMax + 1</c> columns.</summary>
    public required int RegMax { get; init; }

    /// <summary>Whether predictions measure from the middle of their cell (legacy models) or from its corner (NanoDet-Plus).</summary>
    public required bool CentredPriors { get; init; }

    /// <summary>
    /// Whether an image keeps its aspect ratio, padded at the right or the bottom with zeros after normalisation, or is stretched
    /// to the input's size.
    /// </summary>
    public required bool KeepRatio { get; init; }

    /// <summary>Subtracted from blue, green and red, on the 0 to 255 scale.</summary>
    public ImmutableArray<double> Mean { get; init; } = UsualMean;

    /// <summary>Divides blue, green and red afterwards.</summary>
    public ImmutableArray<double> Std { get; init; } = UsualStd;

    /// <summary>The score threshold: detections below it are not shown by default.</summary>
    public double ScoreThreshold { get; init; } = DefaultScoreThreshold;

    /// <summary>If two boxes of one class overlap by more than this IoU, the one with the lower score is removed.</summary>
    public double IouThreshold { get; init; } = NonMaximumSuppression.UsualIouThreshold;

    /// <summary>The largest number of detections in one image.</summary>
    public int MaxDetections { get; init; } = NonMaximumSuppression.UsualMaxDetections;

    /// <summary>Version of the model, as SemVer; null if it has none.</summary>
    public string? Version { get; init; }

    /// <summary>Licence of the model as an SPDX expression; null if it is not given.</summary>
    public string? License { get; init; }

    /// <summary>The decoder that turns the rows of the output into boxes.</summary>
    public BoxDecoder Decoder => new(Strides, RegMax, Classes.Length, CentredPriors);
}

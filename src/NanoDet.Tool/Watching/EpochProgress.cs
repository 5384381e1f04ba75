using System.Collections.Immutable;
using System.Text.Json;

namespace NanoDet.Tool.Watching;

/// <summary>A completed epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Losses">Mean of each part of the loss.</param>
/// <param name="Map">The mAP of its validation; null if it had none, or none that counts an object.</param>
/// <param name="Map50">The mAP50 of its validation; null as the mAP.</param>
/// <param name="ImagesPerSecond">The speed of the training.</param>
/// <param name="SecondsLeft">Seconds until the end.</param>
internal sealed record EpochProgress(
    int Epoch, int Epochs, ImmutableArray<(string Name, double Value)> Losses, double? Map, double? Map50, double ImagesPerSecond, double SecondsLeft) : ProgressLine
{
    private const int MostLosses = 8;

    /// <summary>The total loss.</summary>
    public double Loss => Losses.Sum(part => part.Value);

    /// <summary>Reads a line.</summary>
    public static EpochProgress Read(JsonElement line)
    {
        var metrics = line.GetProperty("metrics");
        return new(
            Count(line, "epoch"),
            Count(line, "epochs"),
            [.. line.GetProperty("losses").EnumerateObject().Take(MostLosses).Select(part => (Word(part.Name), Number(part.Value)))],
            Counted(metrics, "mAP"),
            Counted(metrics, "AP_50"),
            Number(line, "imagesPerSecond"),
            Number(line, "secondsLeft"));
    }

    // A validation without an object to count has no figure; earlier versions wrote COCO's -1.
    private static double? Counted(JsonElement metrics, string name)
        => metrics.ValueKind != JsonValueKind.Null && metrics.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value && Number(value) is var figure and not < 0
            ? figure
            : null;
}

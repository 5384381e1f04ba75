using System.Globalization;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Stages;
using NanoDet.Testing;

namespace NanoDet.Tool.Tests;

/// <summary>A training as its worker and its build write it, a line at a time.</summary>
internal sealed class WrittenTraining(TestFolder work, string folder)
{
    private const string Time = "\"time\":\"2026-01-02T03:04:05.6789012Z\"";

    /// <summary>The folder with the progress, relative to the test's.</summary>
    public string Folder => folder;

    /// <summary>Tells of a step.</summary>
    public void Step(int epoch, int step) => Append($$"""{"kind":"step","epoch":{{epoch}},"epochs":4,"step":{{step}},"steps":8,"learningRate":0.1,"loss":3.5,"secondsLeft":75.4,{{Time}}}""" + "\n");

    /// <summary>Tells of an epoch.</summary>
    public void Epoch(int epoch, string loss, double? map = null) => Append(EpochLine(epoch, loss, map));

    /// <summary>The line of an epoch.</summary>
    public static string EpochLine(int epoch, string loss, double? map = null)
    {
        var metrics = map is { } figure ? string.Create(CultureInfo.InvariantCulture, $$"""{"mAP":{{figure}},"AP_50":{{figure + 0.25}}}""") : "null";
        return $$"""{"kind":"epoch","epoch":{{epoch}},"epochs":4,"learningRate":0.1,"losses":{"loss_qfl":{{loss}},"loss_bbox":1.0},"metrics":{{metrics}},"imagesPerSecond":21.25,"secondsLeft":60,{{Time}}}""" + "\n";
    }

    /// <summary>Tells of the end.</summary>
    public void End() => Append($$"""{"kind":"end","ending":"Complete","epochs":4,"bestEpoch":3,"bestFigure":0.5,{{Time}}}""" + "\n");

    /// <summary>Adds text as it is.</summary>
    public void Append(string text)
    {
        Directory.CreateDirectory(work[folder]);
        using var file = new FileStream(work[$"{folder}/progress.jsonl"], FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Begins again, as another training in the same folder does.</summary>
    public void Clear() => File.Delete(work[$"{folder}/progress.jsonl"]);

    /// <summary>What the plan leaves that wants a training.</summary>
    public void Plan() => StageRecord.Write(StageRecord.WantedPath(BuildFolder, "train"), Inputs, []);

    /// <summary>What the stage leaves when it is done.</summary>
    public void Done() => new StageRunner(BuildFolder, TimeSpan.FromSeconds(10)).Run("train", Inputs.Hash, () => [], CancellationToken.None);

    private static Fingerprint Inputs { get; } = new([new("input", "1")]);

    private string BuildFolder => Path.GetDirectoryName(work[folder])!;
}

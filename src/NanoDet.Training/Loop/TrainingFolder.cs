using NanoDet.Data.Files;

namespace NanoDet.Training.Loop;

/// <summary>Names of the files that a training writes.</summary>
/// <param name="Folder">The output folder.</param>
public sealed record TrainingFolder(string Folder)
{
    /// <summary>The result: the moving average at the best validation.</summary>
    public string Model => Path.Combine(Folder, "model.safetensors");

    /// <summary>The moving average after the last completed epoch.</summary>
    public string Last => Path.Combine(Folder, "last.safetensors");

    /// <summary>Everything that is needed to resume.</summary>
    public string Checkpoint => Path.Combine(Folder, "checkpoint.safetensors");

    /// <summary>The checkpoint before the last one, which is used if the last one is damaged.</summary>
    public string PreviousCheckpoint => Path.Combine(Folder, "checkpoint.previous.safetensors");

    /// <summary>A damaged checkpoint that was put aside.</summary>
    public string DamagedCheckpoint => Path.Combine(Folder, "checkpoint.damaged.safetensors");

    /// <summary>One row per epoch; the same bytes for the same training.</summary>
    public string Metrics => Path.Combine(Folder, "metrics.csv");

    /// <summary>One JSON object per line, with times, flushed after each line.</summary>
    public string Progress => Path.Combine(Folder, "progress.jsonl");

    /// <summary>How the training ended, written at the end.</summary>
    public string Result => Path.Combine(Folder, "result.json");

    /// <summary>What happened to every tensor of the weights that the training begins with.</summary>
    public string WeightReport => Path.Combine(Folder, "weights.md");

    /// <summary>Event files for TensorBoard.</summary>
    public string TensorBoard => Path.Combine(Folder, "tensorboard");

    /// <summary>Deletes the files of another training, its result first; a damaged checkpoint stays.</summary>
    public void Clear()
    {
        foreach (var path in new[] { Result, Checkpoint, PreviousCheckpoint, Model, Last, Metrics, Progress, WeightReport })
        {
            File.Delete(path);
        }

        if (Directory.Exists(TensorBoard))
        {
            Directory.Delete(TensorBoard, recursive: true);
        }
    }

    /// <summary>Deletes the incomplete files of a killed process.</summary>
    public void DeleteUnfinished()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.tmp").Where(AtomicFile.IsUnfinished))
        {
            File.Delete(path);
        }
    }
}

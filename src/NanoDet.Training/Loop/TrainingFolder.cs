using NanoDet.Data.Files;

namespace NanoDet.Training.Loop;

/// <summary>Names of the files that a training writes.</summary>
/// <param name="Folder">The output folder.</param>
public sealed record TrainingFolder(string Folder)
{
    /// <summary>The result: the moving average at the best validation.</summary>
    public string Model => Path.Combine(Folder, "model.safetensors");

    /// <summary>The moving average after the last epoch that was done.</summary>
    public string Last => Path.Combine(Folder, "last.safetensors");

    /// <summary>Everything that going on needs.</summary>
    public string Checkpoint => Path.Combine(Folder, "checkpoint.safetensors");

    /// <summary>One row an epoch; the same bytes for the same training.</summary>
    public string Metrics => Path.Combine(Folder, "metrics.csv");

    /// <summary>One JSON object a line, with times, flushed as they come.</summary>
    public string Progress => Path.Combine(Folder, "progress.jsonl");

    /// <summary>How the training ended, written when it has.</summary>
    public string Result => Path.Combine(Folder, "result.json");

    /// <summary>What became of every tensor of the weights that training began with.</summary>
    public string WeightReport => Path.Combine(Folder, "weights.md");

    /// <summary>Event files for TensorBoard.</summary>
    public string TensorBoard => Path.Combine(Folder, "tensorboard");

    /// <summary>Deletes what another training has left, its end first.</summary>
    public void Clear()
    {
        foreach (var path in new[] { Result, Checkpoint, Model, Last, Metrics, Progress, WeightReport })
        {
            File.Delete(path);
        }

        if (Directory.Exists(TensorBoard))
        {
            Directory.Delete(TensorBoard, recursive: true);
        }
    }

    /// <summary>Deletes what a process that was killed has left half written.</summary>
    public void DeleteUnfinished()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.tmp").Where(AtomicFile.IsUnfinished))
        {
            File.Delete(path);
        }
    }
}

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

    /// <summary>What became of every tensor of the weights that training began with.</summary>
    public string WeightReport => Path.Combine(Folder, "weights.md");

    /// <summary>Event files for TensorBoard.</summary>
    public string TensorBoard => Path.Combine(Folder, "tensorboard");
}

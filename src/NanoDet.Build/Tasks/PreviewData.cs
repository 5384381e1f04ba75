using System.Text.Json;
using NanoDet.Build.Logging;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetPreview</c>: writes a page and contact sheets with the images, their boxes and their problems.</summary>
public sealed class PreviewData : WorkerTask
{
    /// <summary>The data set for training, by its name in the output folder.</summary>
    public string TrainingDataset { get; set; } = Planner.DatasetName;

    /// <summary>The title of the page.</summary>
    public string Title { get; set; } = "";

    private protected override string Verb => "preview";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        // This is not a stage: people look at it now, and nothing else uses it.
        using var gate = FolderLock.Take(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), cancellation);
        RunWorker(log, cancellation);
    }

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        writer.WriteString("dataset", Path.Combine(FullOutputFolder, Planner.DatasetName));
        if (TrainingDataset != Planner.DatasetName)
        {
            writer.WriteString("augmented", Path.Combine(FullOutputFolder, TrainingDataset));
        }

        writer.WriteString("plan", Path.Combine(FullOutputFolder, PlanFile.Name));
        writer.WriteString("configuration", Path.Combine(FullOutputFolder, RequestFile.ConfigurationName));
        writer.WriteString("imageFolder", ProjectFolder);
        writer.WriteString("outputFolder", Path.Combine(FullOutputFolder, "preview"));
        writer.WriteString("title", Title);
    }
}

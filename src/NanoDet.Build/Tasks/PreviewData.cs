using System.Text.Json;
using NanoDet.Build.Logging;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetPreview</c>: a page and sheets with the pictures, their boxes and what is wrong with them.</summary>
public sealed class PreviewData : WorkerTask
{
    /// <summary>The data set that training takes, by its name in the output folder.</summary>
    public string TrainingDataset { get; set; } = OutputFiles.Dataset;

    /// <summary>What stands at the top of the page.</summary>
    public string Title { get; set; } = "";

    private protected override string Verb => "preview";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        // No stage: it is looked at now, and nothing is made of it.
        using var gate = FolderLock.Take(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), cancellation);
        RunWorker(log, cancellation);
    }

    private protected override void WriteRequest(Utf8JsonWriter writer)
    {
        writer.WriteString("dataset", Path.Combine(FullOutputFolder, OutputFiles.Dataset));
        if (TrainingDataset != OutputFiles.Dataset)
        {
            writer.WriteString("augmented", Path.Combine(FullOutputFolder, TrainingDataset));
        }

        writer.WriteString("plan", Path.Combine(FullOutputFolder, OutputFiles.Plan));
        writer.WriteString("configuration", Path.Combine(FullOutputFolder, OutputFiles.Configuration));
        writer.WriteString("imageFolder", ProjectFolder);
        writer.WriteString("outputFolder", Path.Combine(FullOutputFolder, "preview"));
        writer.WriteString("title", Title);
    }
}

using NanoDet.Build.Logging;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetPreview</c>: a page and sheets with the pictures, their boxes and what is wrong with them.</summary>
public sealed class PreviewData : WorkerTask
{
    /// <summary>The data set that training takes, by its name in the output folder.</summary>
    public string TrainingDataset { get; set; } = OutputFiles.Dataset;

    /// <summary>What stands at the top of the page.</summary>
    public string Title { get; set; } = "";

    private protected override string Verb => WorkerVerb.Preview;

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        // No stage: it is looked at now, and nothing is made of it.
        using var gate = FolderLock.Take(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), cancellation);
        RunWorker(log, cancellation);
    }

    private protected override WorkerRequest Request() => new PreviewRequest
    {
        Dataset = Full(OutputFiles.Dataset),
        Augmented = TrainingDataset == OutputFiles.Dataset ? null : Full(TrainingDataset),
        Plan = Full(OutputFiles.Plan),
        Configuration = Full(OutputFiles.Configuration),
        ImageFolder = ProjectFolder,
        OutputFolder = Full("preview"),
        Title = Title,
    };
}

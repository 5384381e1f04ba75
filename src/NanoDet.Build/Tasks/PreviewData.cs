using NanoDet.Build.Logging;
using NanoDet.Pipeline.Requests;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>NanoDetPreview</c>: writes a page and contact sheets with the images, their boxes and their problems.</summary>
public sealed class PreviewData : WorkerTask
{
    /// <summary>The data set for training, by its name in the output folder.</summary>
    public string TrainingDataset { get; set; } = OutputFiles.Dataset;

    /// <summary>The title of the page.</summary>
    public string Title { get; set; } = "";

    private protected override string Verb => WorkerVerb.Preview;

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        // This is not a stage: people look at it now, and nothing else uses it.
        using var gate = Lock(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), log, cancellation);
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

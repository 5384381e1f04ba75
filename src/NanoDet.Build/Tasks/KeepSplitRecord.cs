using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Data.Diagnostics;
using NanoDet.Data.Files;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>
/// Writes the split record beside the project, if the split of this build has something to keep. It runs after a model was accepted, or
/// after the stage <c>split</c> where none is trained: what was only planned has no consequences.
/// </summary>
public sealed class KeepSplitRecord : NanoDetTask
{
    /// <summary>The stages of this build's plan, with their keys.</summary>
    [Required]
    public ITaskItem[] PlannedStages { get; set; } = [];

    /// <summary>The split record.</summary>
    [Required]
    public string SplitFile { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        using var gate = Lock(FullOutputFolder, TimeSpan.FromSeconds(LockTimeout), log, cancellation);
        try
        {
            var splits = new AcceptedSplits(FullOutputFolder, ProjectPath.Full(ProjectFolder, SplitFile));
            if (splits.Accept(StageItems.KeyOf(PlannedStages, "split")) is { } words)
            {
                log.Say(MessageImportance.High, $"NanoDet: {words}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Write(FolderDiagnostics.SplitRecordNotWritten(SplitFile, exception.Message));
        }
    }
}

using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Diagnostics;
using NanoDet.Pipeline.Folders;
using NanoDet.Pipeline.Planning;

namespace NanoDet.Build.Tasks;

/// <summary>Target <c>Clean</c>: deletes what builds have left in their folder, and nothing else.</summary>
public sealed class ClearIntermediateFolder : NanoDetTask
{
    // Enough for a plan, and for the clean of another framework; a training is not waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        // Without the mark of a build there is nothing of a build.
        if (!File.Exists(Path.Combine(FullOutputFolder, FolderLock.FileName)))
        {
            return;
        }

        try
        {
            using var gate = Lock(FullOutputFolder, Patience, log, cancellation);
            WaitForWorker(log, cancellation);
            IntermediateFolder.Clear(FullOutputFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(FolderDiagnostics.NotAccessible(exception.Message), exception);
        }
    }

    /// <summary>A worker whose build was killed may still write its checkpoint.</summary>
    private void WaitForWorker(DiagnosticLog log, CancellationToken cancellation)
    {
        var training = Path.Combine(FullOutputFolder, "train");
        if (Directory.Exists(training))
        {
            Lock(training, Patience, log, cancellation).Dispose();
        }
    }
}

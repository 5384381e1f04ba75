using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Writes the outputs of a stage that has run to the store.</summary>
public sealed class KeepStage : StoreTask
{
    /// <summary>The stage.</summary>
    [Required]
    public string Stage { get; set; } = "";

    /// <summary>Whether to replace an earlier result with the same inputs, which is kept otherwise.</summary>
    public bool Replace { get; set; }

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var (store, stage) = (OpenStore(log), StoredStage.Of(Stage)!);
        if (Replace)
        {
            store.Forget(stage, FullOutputFolder);
        }

        store.KeepAsync(stage, FullOutputFolder, log.Write, cancellation).GetAwaiter().GetResult();
    }
}

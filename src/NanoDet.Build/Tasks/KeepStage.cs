using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Gives the outputs of a stage that has run to the store.</summary>
public sealed class KeepStage : StoreTask
{
    /// <summary>The stage.</summary>
    [Required]
    public string Stage { get; set; } = "";

    /// <summary>Whether it takes the place of an earlier result of the same inputs, which otherwise stays.</summary>
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

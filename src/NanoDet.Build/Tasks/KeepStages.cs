using Microsoft.Build.Framework;
using NanoDet.Build.Logging;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Writes the outputs of stages to the store, where it does not have them yet.</summary>
public sealed class KeepStages : StoreTask
{
    /// <summary>The stages.</summary>
    [Required]
    public string[] Stages { get; set; } = [];

    /// <summary>Whether to replace the earlier result of a training with the same inputs, which is kept otherwise.</summary>
    public bool Replace { get; set; }

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var store = OpenStore(log);
        if (Replace)
        {
            store.Forget(StoredStage.Train, FullOutputFolder);
        }

        foreach (var stage in Stages)
        {
            store.KeepAsync(StoredStage.Of(stage)!, FullOutputFolder, log.Write, cancellation).GetAwaiter().GetResult();
        }
    }
}

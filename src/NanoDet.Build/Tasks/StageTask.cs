using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Data.Datasets;

namespace NanoDet.Build.Tasks;

/// <summary>A stage that turns the checked data set into files.</summary>
public abstract class StageTask : NanoDetTask
{
    /// <summary>The stages of this build's plan, with their keys.</summary>
    [Required]
    public ITaskItem[] PlannedStages { get; set; } = [];

    private protected abstract string Stage { get; }

    private protected sealed override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var ran = Runner(log, cancellation).Run(Stage, StageItems.KeyOf(PlannedStages, Stage), Make, cancellation);
        log.Say(MessageImportance.Low, ran ? $"{Stage} is done" : $"{Stage} was done by another build");
    }

    private protected abstract IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Make(Dataset dataset);
}

using Microsoft.Build.Framework;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;

namespace NanoDet.Build.Tasks;

/// <summary>A stage of the plan that the worker runs.</summary>
public abstract class WorkerStageTask : WorkerTask
{
    /// <summary>The stages of this build's plan, with their keys.</summary>
    [Required]
    public ITaskItem[] PlannedStages { get; set; } = [];

    /// <summary>The stage, which is also the worker's verb.</summary>
    private protected abstract string Stage { get; }

    private protected sealed override string Verb => Stage;

    /// <summary>The files that the worker has written, by their names in the output folder.</summary>
    private protected abstract IEnumerable<string> Outputs();

    /// <summary>Makes the outputs.</summary>
    private protected virtual void Make(DiagnosticLog log, CancellationToken cancellation) => RunWorker(log, cancellation);

    private protected sealed override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var ran = Runner(log, cancellation).Run(Stage, StageItems.KeyOf(PlannedStages, Stage), () =>
        {
            Make(log, cancellation);
            return Outputs();
        }, cancellation);
        log.Say(MessageImportance.Low, ran ? $"{Stage} is done" : $"{Stage} was done by another build");
    }
}

using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NanoDet.Build.Items;
using NanoDet.Build.Logging;
using NanoDet.Core.Diagnostics;
using NanoDet.Pipeline.Diagnostics;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Build.Tasks;

/// <summary>Restores the outputs of stages that would run, if the store has them, before any process is started.</summary>
public sealed class RestoreStages : StoreTask
{
    /// <summary>The stages of this build's plan, with their keys.</summary>
    [Required]
    public ITaskItem[] PlannedStages { get; set; } = [];

    /// <summary>The stages that would run; afterwards, the stages that still have to run.</summary>
    [Output]
    public ITaskItem[] Stages { get; set; } = [];

    /// <summary>The stages that were restored.</summary>
    [Output]
    public ITaskItem[] Restored { get; private set; } = [];

    /// <summary><c>NanoDetTrain</c>.</summary>
    [Required]
    public string Train { get; set; } = "";

    private protected override void Run(DiagnosticLog log, CancellationToken cancellation)
    {
        var runner = Runner(log, cancellation);
        // Augmentation has run by now. If it only made lost copies again, training and the later stages have nothing to do.
        var unneeded = Stored.Select(stage => stage.Name).TakeWhile(stage => runner.IsDone(stage, KeyOf(stage)));
        var waiting = Stages.Select(stage => stage.ItemSpec).Except(unneeded).ToImmutableArray();
        var restored = Restore(waiting, runner, log, cancellation);
        if (waiting.Except(restored).Contains(StoredStage.Train.Name) && Properties.Choice<TrainChoice>("NanoDetTrain", Train) == TrainChoice.IfCached)
        {
            throw new NanoDetException(StoreDiagnostics.TrainingNeeded(
                KeyOf(StoredStage.Train.Name)));
        }

        Restored = [.. restored.Select(stage => new TaskItem(stage))];
        Stages = [.. waiting.Except(restored).Select(stage => new TaskItem(stage))];
    }

    private List<string> Restore(ImmutableArray<string> waiting, StageRunner runner, DiagnosticLog log, CancellationToken cancellation)
    {
        var store = OpenStore(log);
        var restored = new List<string>();
        foreach (var stage in Stored.Where(stage => waiting.Contains(stage.Name)))
        {
            if (!store.RestoreAsync(stage, KeyOf(stage.Name), runner, log.Write, cancellation).GetAwaiter().GetResult())
            {
                // The inputs of a later stage are not known before this one has run.
                break;
            }

            log.Say(MessageImportance.High, $"NanoDet: {stage.Name}: restored from the store");
            restored.Add(stage.Name);
        }

        return restored;
    }

    private IEnumerable<StoredStage> Stored => StoredStage.All.Where(stage => PlannedStages.Any(planned => planned.ItemSpec == stage.Name));

    private string KeyOf(string stage) => StageItems.KeyOf(PlannedStages, stage);
}

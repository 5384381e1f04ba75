using System.Collections.Immutable;
using NanoDet.Data.Fingerprints;
using NanoDet.Data.Parallelism;
using NanoDet.Pipeline.Stages;

namespace NanoDet.Pipeline.Planning;

/// <summary>Decides by content whether stages run. A new stage is one more <see cref="Stage"/> to ask it about.</summary>
/// <param name="outputFolder">The folder that holds the outputs and the records.</param>
/// <param name="hashOf">Hash of an output in that folder, by its name (<see cref="StageRecord.Outputs"/>); null where it is missing.</param>
/// <param name="stored">
/// The files that the store has for a key, with the SHA-256 of each; null where it has none. It is asked about stages that would
/// run, and about no others: where nothing changed the store is not touched.
/// </param>
/// <param name="interrupted">How far the training of a key had come when it was interrupted, in words; null where it was not.</param>
public sealed class StagePlanner(
    string outputFolder, Func<string, ContentHash?> hashOf, Func<string, IReadOnlyDictionary<string, string>?> stored, Func<string, string?> interrupted)
{
    private readonly Dictionary<string, StageAction> _changing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);

    /// <summary>Decides about stages, and leaves what each has to be made from where it finds it.</summary>
    /// <param name="stages">The stages, in the order in which they run.</param>
    public ImmutableArray<StageDecision> Plan(ImmutableArray<Stage> stages)
    {
        ParallelLoop.Run(stages.Length, new ParallelOptions(), (i, _) => StageRecord.Write(StageRecord.WantedPath(outputFolder, stages[i].Name), stages[i].Inputs, [], durable: false));
        return [.. stages.Select(stage => Decide(stage.Name, stage.Inputs.Hash, () => stage.Inputs))];
    }

    /// <summary>
    /// Deletes what an earlier plan asked of stages that are now made from something else. It is called before the files that stages
    /// read are written: if this plan is stopped halfway, a stage of another build must not take them for those of its own plan.
    /// </summary>
    public void Withdraw(IEnumerable<Stage> stages)
    {
        foreach (var stage in stages)
        {
            var wanted = StageRecord.WantedPath(outputFolder, stage.Name);
            if (StageRecord.Read(wanted) is { } record && record.Key != stage.Inputs.Hash)
            {
                File.Delete(wanted);
            }
        }
    }

    /// <summary>Decides again about a stage whose inputs are known not to have changed since the last plan.</summary>
    /// <returns>Null where the last plan's record of the inputs is gone, or damaged and needed.</returns>
    public StageDecision? PlanAgain(string stage, string key)
    {
        var wanted = StageRecord.WantedPath(outputFolder, stage);
        if (StageRecord.Read(wanted)?.Key != key)
        {
            return null;
        }

        var decision = Decide(stage, key, () => StageRecord.ReadInputs(wanted));
        return decision.Action == StageAction.Run && StageRecord.ReadInputs(wanted) is null ? null : decision;
    }

    private StageDecision Decide(string stage, string key, Func<Fingerprint?> wanted)
    {
        var decision = Stage.Before(stage) is { } before && _changing.TryGetValue(before, out var change)
            ? new StageDecision(stage, key, StageAction.Run, [change == StageAction.Run ? $"{before} runs" : $"{before} is restored"])
            : DecideAlone(stage, key, wanted);
        if (decision.Action == StageAction.Run)
        {
            decision = decision with { Action = IsStored(stage, key) ? StageAction.Restore : StageAction.Run };
            _changing[stage] = decision.Action;
            if (decision.Action == StageAction.Run && stage == StoredStage.Train.Name && interrupted(key) is { } place)
            {
                decision = decision with { Reasons = [$"it was interrupted {place}, and resumes there"], Resumes = true };
            }
        }
        else
        {
            // A plan that could not repeat the last one to its end begins again.
            _changing.Remove(stage);
        }

        return decision;
    }

    private bool IsStored(string stage, string key)
    {
        if (StoredStage.Of(stage)?.Key(key, name => _outputs.GetValueOrDefault(name)) is not { } storeKey || stored(storeKey) is not { } files)
        {
            return false;
        }

        foreach (var (name, digest) in files)
        {
            _outputs[name] = digest;
        }

        return true;
    }

    private StageDecision DecideAlone(string stage, string key, Func<Fingerprint?> wanted)
    {
        var path = StageRecord.DonePath(outputFolder, stage);
        if (StageRecord.Read(path) is not { } done)
        {
            return new(stage, key, StageAction.Run, ["it has not run yet"]);
        }

        if (done.Key != key)
        {
            return new(stage, key, StageAction.Run, StageRecord.ReadInputs(path) is { } before && wanted() is { } now
                ? StageReasons.Of(before, now)
                : ["what it was last made from is not known"]);
        }

        ImmutableArray<string> lost = [.. done.Outputs
            .Select(output => (output.Key, Before: output.Value, Now: hashOf(output.Key)?.ToString()))
            .Where(output => output.Now != output.Before)
            .Select(output => output.Now is null ? $"{output.Key} is missing" : $"{output.Key} was changed after the build wrote it")];
        if (!lost.IsEmpty)
        {
            return new(stage, key, StageAction.Run, lost);
        }

        foreach (var (name, digest) in done.Outputs)
        {
            _outputs[name] = digest;
        }

        return new(stage, key, StageAction.Skip, []);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using NanoDet.Core.Diagnostics;
using NanoDet.Data.Datasets;
using NanoDet.Data.Fingerprints;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Pipeline.Incremental;

/// <summary>Decides how to train a model: with a new training, or from the last model.</summary>
/// <param name="settings">The settings of the project.</param>
public sealed class TrainingPolicy(IncrementalSettings settings)
{
    /// <summary>Decides.</summary>
    /// <param name="last">The last model; null for none.</param>
    /// <param name="wanted">Everything that the training depends on.</param>
    /// <param name="data">The data set.</param>
    /// <param name="settingsWith">The settings that the project would have now with another data set, to which a preset adapts some of them.</param>
    /// <exception cref="NanoDetException">NDB4401, NDB4403: the project asks for something that is not possible.</exception>
    public TrainingDecision Decide(
        LastModel? last, Fingerprint wanted, DatasetMeaning data, Func<Dataset, ImmutableSortedDictionary<string, string>> settingsWith)
    {
        if (settings.FromScratch)
        {
            return Scratch("the build asks for it");
        }

        if (last is null or { OtherProject: not null })
        {
            // The last model of another project knows other things, even if its classes have the same names.
            var others = last is null ? null : $"the last model in the intermediate folder is that of {last.OtherProject}; each project needs its own NanoDetIntermediatePath";
            return settings.Policy switch
            {
                IncrementalPolicy.FineTune => throw new NanoDetException(IncrementalDiagnostics.NothingToGoOnFrom(others ?? "there is none yet, or its files are not complete")),
                IncrementalPolicy.Never => throw new NanoDetException(IncrementalDiagnostics.NothingToKeep()),
                _ => Scratch(others ?? "there is no earlier model"),
            };
        }

        if (IsMadeFrom(last.Record, wanted))
        {
            // Files were lost or are those of a rejected model, or the project has another policy; the weights still exist.
            return new TrainingDecision(last.Record.Lineage, TakesWeights: true, "it was made from the same inputs") { Weights = last.Record.Weights };
        }

        var dataset = data.Dataset;
        var changes = DatasetChanges.Between(new DatasetMeaning(last.Dataset), data);
        ImmutableArray<(string Name, string Words)> changed =
            [.. TrainingSettings.Changed(last.Record.Settings, TrainingSettings.Of(wanted), settingsWith(last.Dataset))];
        if (settings.Policy == IncrementalPolicy.Never)
        {
            var what = changes.AnythingLearnt || changes.JudgesChanged ? Words(changes) : changed.FirstOrDefault().Words ?? "something changed";
            return Keep(last, TrainingWay.Stale, $"NanoDetIncremental is 'never', but {what}");
        }

        var obstacle = settings.Policy == IncrementalPolicy.Scratch ? "NanoDetIncremental is 'scratch'"
            : changed.FirstOrDefault(setting => settings.Policy == IncrementalPolicy.Auto || TrainingSettings.ShapesNetwork(setting.Name)).Words
            ?? (settings.Policy == IncrementalPolicy.Auto ? Obstacle(last, wanted, dataset, changes) : null);
        if (obstacle is not null)
        {
            return settings.Policy != IncrementalPolicy.FineTune ? Scratch(obstacle)
                : throw new NanoDetException(IncrementalDiagnostics.NothingToGoOnFrom(obstacle));
        }

        return !changes.AnythingLearnt && changes.JudgesChanged && changed.IsEmpty && last.Dataset.Classes.SequenceEqual(dataset.Classes)
            ? Keep(last, TrainingWay.Kept, "only validation images changed")
            : TrainingDecision.Train(FineTune(last, dataset, changes, changed)) with { Weights = last.Record.Weights };
    }

    /// <summary>What changed, in words.</summary>
    public static string Words(DatasetChanges changes)
    {
        ImmutableArray<string> parts =
        [
            .. Count(changes.Changed.Length, "changed"), .. Count(changes.Added.Length, "added"), .. Count(changes.Removed.Length, "removed"),
        ];
        return !parts.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", parts)} ({changes.Share:P1} of the objects)")
            : changes.JudgesChanged ? "only validation images changed"
            : "no image changed";
    }

    /// <summary>Whether a training with the same inputs may give the same weights.</summary>
    private bool IsMadeFrom(AcceptedRecord record, Fingerprint wanted)
        => record.Data == TrainingSettings.DataOf(wanted)
            && TrainingSettings.Differences(record.Settings, TrainingSettings.Of(wanted)).All(setting => setting.Name == TrainingSettings.Policy)
            && (settings.Policy != IncrementalPolicy.Scratch || record.Lineage.Way == TrainingWay.Scratch);

    private static IEnumerable<string> Count(int count, string word)
        => count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "image was" : "images were")} {word}")];

    private string? Obstacle(LastModel last, Fingerprint wanted, Dataset dataset, DatasetChanges changes)
    {
        var kept = dataset.Classes.Where(last.Dataset.Classes.Contains).ToList();
        if (last.Dataset.Classes.FirstOrDefault(name => !dataset.Classes.Contains(name)) is { } gone)
        {
            return $"the class '{gone}' was removed";
        }

        if (!kept.SequenceEqual(last.Dataset.Classes))
        {
            return "the order of the classes changed";
        }

        var hasNewClass = kept.Count < dataset.Classes.Length;
        if (!changes.AnythingLearnt && !changes.JudgesChanged && !hasNewClass)
        {
            return TrainingSettings.Differences(last.Record.Settings, TrainingSettings.Of(wanted)).Select(setting => setting.Words).FirstOrDefault()
                ?? "what changed is not known";
        }

        if (!changes.AnythingLearnt && !hasNewClass)
        {
            return null;
        }

        return changes.Share > settings.MaximumChange ? string.Create(
                CultureInfo.InvariantCulture, $"{Words(changes)}, and NanoDetIncrementalMaximumChange is {settings.MaximumChange:P0}")
            : last.Record.Lineage.Generation >= settings.Generations ? string.Create(
                CultureInfo.InvariantCulture, $"the last model is warm start {last.Record.Lineage.Generation} in a row, and NanoDetIncrementalGenerations is {settings.Generations}")
            : null;
    }

    private static TrainingDecision Scratch(string reason) => TrainingDecision.Train(TrainingLineage.Scratch(reason));

    private static TrainingDecision Keep(LastModel last, TrainingWay way, string reason)
        => new(After(last, way, reason), TakesWeights: true, reason) { Weights = last.Record.Weights };

    private static TrainingLineage After(LastModel last, TrainingWay way, string reason) => new()
    {
        Way = way,
        Reason = reason,
        Parent = last.Record.Weights,
        ParentKey = last.Record.Key,
        Generation = last.Record.Lineage.Generation,
    };

    private TrainingLineage FineTune(LastModel last, Dataset dataset, DatasetChanges changes, ImmutableArray<(string Name, string Words)> changed)
    {
        var fresh = string.Join(", ", dataset.Classes.Where(name => !last.Dataset.Classes.Contains(name)).Select(name => $"'{name}'"));
        return After(last, TrainingWay.FineTune, Words(changes) + (fresh.Length > 0 ? $"; new classes: {fresh}" : "") + (changed.IsEmpty ? "" : $"; {changed[0].Words}")) with
        {
            Generation = last.Record.Lineage.Generation + 1,
            Share = changes.Share,
            Added = changes.Added,
            Removed = changes.Removed,
            Changed = changes.Changed,
            KnownClasses = [.. dataset.Classes.Where(last.Dataset.Classes.Contains)],
            Tolerance = settings.Tolerance,
        };
    }
}

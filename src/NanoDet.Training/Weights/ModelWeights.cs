using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights.Deployed;
using static TorchSharp.torch;

namespace NanoDet.Training.Weights;

/// <summary>Loads weights from a file into a model by name and shape, and saves them.</summary>
public static class ModelWeights
{
    /// <summary>Loads the tensors that fit.</summary>
    /// <param name="path">The path of the weights, for the diagnostic.</param>
    /// <param name="weights">The weights, a checkpoint of a training, or an exported model of the network. Their metadata may have class names.</param>
    /// <param name="model">The model; tensors that do not fit keep their new weights.</param>
    /// <param name="classes">The model's class names in label order.</param>
    /// <exception cref="NanoDetException">NDB4105: nothing fits, or most has another shape; NDB4110, NDB4111: an exported model is of another network, or its weights cannot be taken out.</exception>
    public static WeightReport Load(string path, WeightSet weights, nn.Module model, ImmutableArray<string> classes)
    {
        if (weights.Deployed is { } deployed)
        {
            weights = new WeightSet(DeployedWeights.Restore(path, deployed, (DetectionNetwork)model, out _).Tensors, weights.Metadata);
        }

        var prefix = ModelPrefix.Of(weights.Tensors.Keys);
        return Load(path, weights, StateDict.Of(model), new ClassRows(ClassNames.Of(weights), classes), name => prefix + name, "the model");
    }

    /// <summary>Loads the tensors that fit into a model or a part of it.</summary>
    /// <param name="path">The path of the weights, for the diagnostic.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="state">The tensors to load into.</param>
    /// <param name="rows">The classes.</param>
    /// <param name="nameInFile">The name that a tensor has in the file, if it is there.</param>
    /// <param name="loaded">What is loaded into, in words.</param>
    /// <exception cref="NanoDetException">NDB4105: nothing fits, or most has another shape.</exception>
    internal static WeightReport Load(
        string path, WeightSet weights, IReadOnlyList<KeyValuePair<string, Tensor>> state, ClassRows rows, Func<string, string> nameInFile, string loaded)
    {
        var report = state.Select(entry => Load(entry.Key, entry.Value, weights.Tensors.GetValueOrDefault(nameInFile(entry.Key)), rows)).ToList();
        RequireFit(path, weights, [.. report.Where(row => StateDict.IsLearnt(row.Name))], nameInFile);
        var names = state.Select(entry => nameInFile(entry.Key)).ToHashSet(StringComparer.Ordinal);
        report.AddRange(weights.Tensors.Keys.Where(name => !names.Contains(name)).Select(name => new WeightReportRow(name, WeightOutcome.Skipped, $"{loaded} has no such tensor")));
        return new WeightReport(report).WithFolded(FoldedStatistics.In(Loaded(report, weights, nameInFile)));
    }

    /// <summary>Returns the weights of a model for a file, with their class names; the original can load them by name.</summary>
    public static WeightSet Export(IEnumerable<KeyValuePair<string, Tensor>> state, ImmutableArray<string> classes) => new(
        new(state.Select(entry => KeyValuePair.Create(entry.Key, TensorContent.Read(entry.Value)))),
        new Dictionary<string, string> { [WeightSet.ClassesKey] = ClassNames.ToJson(classes) });

    /// <summary>
    /// Refuses weights of another network. The first part that file and model share decides, mostly the backbone: what
    /// follows it is of no use with the feature maps of another one, but a backbone is, with another neck and head.
    /// </summary>
    private static void RequireFit(string path, WeightSet weights, List<WeightReportRow> report, Func<string, string> nameInFile)
    {
        if (report.All(row => row.Outcome == WeightOutcome.Renewed))
        {
            throw new NanoDetException(WeightDiagnostics.NothingFits(path, weights.Tensors.Count));
        }

        var shared = report.Where(row => weights.Tensors.ContainsKey(nameInFile(row.Name))).GroupBy(row => row.Name.Split('.')[0]).First().ToList();
        var others = shared.Where(row => row.Outcome == WeightOutcome.Renewed).ToList();
        if (2 * others.Count > shared.Count)
        {
            throw new NanoDetException(WeightDiagnostics.NothingFits(path, weights.Tensors.Count, shared.Count, others.Count, others[0].Name, others[0].Reason));
        }
    }

    private static Dictionary<string, WeightTensor> Loaded(List<WeightReportRow> report, WeightSet weights, Func<string, string> nameInFile)
        => report.Where(row => row.Outcome == WeightOutcome.Loaded).ToDictionary(row => row.Name, row => weights.Tensors[nameInFile(row.Name)], StringComparer.Ordinal);

    private static WeightReportRow Load(string name, Tensor target, WeightTensor? source, ClassRows rows)
    {
        if (source is null)
        {
            return new(name, WeightOutcome.Renewed, "the file has no such tensor");
        }

        var concernsClasses = ClassRows.Concerns(name) && source.Shape.Length > 0 && source.Shape.Skip(1).SequenceEqual(target.shape.Skip(1));
        if (concernsClasses && !rows.AreTheSame(source.Shape[0], target.shape[0]))
        {
            return LoadKnownClasses(name, target, source, rows);
        }

        if (!source.Shape.SequenceEqual(target.shape))
        {
            return new(name, WeightOutcome.Renewed, $"the file's shape is [{string.Join(", ", source.Shape)}] instead of [{string.Join(", ", target.shape)}]");
        }

        TensorContent.Write(source, target);
        return new(name, WeightOutcome.Loaded);
    }

    private static WeightReportRow LoadKnownClasses(string name, Tensor target, WeightTensor source, ClassRows rows)
    {
        if (rows.Map(source.Shape[0], target.shape[0]) is not { } map)
        {
            return new(name, WeightOutcome.Renewed, $"the file's {source.Shape[0]} rows do not fit its classes");
        }

        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var file = empty([.. source.Shape], target.dtype);
        TensorContent.Write(source, file);
        for (var row = 0; row < map.Length; row++)
        {
            if (map[row] >= 0)
            {
                target[row].copy_(file[map[row]]);
            }
        }

        var known = map.Take(rows.ModelClasses.Length).Count(row => row >= 0);
        return new(name, WeightOutcome.KnownClasses, rows.FileClasses.IsEmpty
            ? $"the file has {rows.CountInFile(source.Shape[0], target.shape[0])} classes without names; the rows of the {rows.ModelClasses.Length} classes are new"
            : $"the file has {known} of the {rows.ModelClasses.Length} classes");
    }
}

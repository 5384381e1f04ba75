using System.Collections.Immutable;
using NanoDet.Core.Diagnostics;
using NanoDet.Core.Models;
using NanoDet.Data.Configuration;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Diagnostics;
using NanoDet.Training.Diagnostics;
using NanoDet.Training.Export;
using NanoDet.Training.Models;
using NanoDet.Training.Networks;
using NanoDet.Training.Weights;
using NanoDet.Training.Weights.Deployed;

namespace NanoDet.Training.Conversion;

/// <summary>Finds the network that a file is of: the one that the user names, or the preset that all of its weights fit.</summary>
internal static class NetworkSearch
{
    /// <summary>Finds it and loads the weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">Its content.</param>
    /// <param name="named">A preset or a configuration file; null to search the presets.</param>
    /// <param name="classes">The classes that the user names; empty for those of the file.</param>
    /// <exception cref="NanoDetException">NDB4110, NDB5003: the named network is another one; NDB4108: the names are not as many as the classes; NDB4112: no preset fits; or the configuration is wrong.</exception>
    public static FoundNetwork Find(string path, WeightSet source, string? named, ImmutableArray<string> classes)
    {
        if (named is not null)
        {
            // A model for detection has its input; weights are for every input that their network can have.
            return Load(path, source, named, Named(named), source.Deployed?.Input, classes, isSure: true, out _);
        }

        (string Name, NanoDetException Exception, int Found)? nearest = null;
        var presets = Preset.Names.Select(name => (Name: name, Configuration: OfPreset(name)!))
            .OrderByDescending(preset => IsNamedAfter(path, preset.Name) ? preset.Name.Length : 0).ThenByDescending(preset => IsOfSize(source.Input, preset.Configuration.Validation));
        foreach (var (name, configuration) in presets)
        {
            var found = 0;
            try
            {
                var network = Load(path, source, name, configuration, source.Input, classes, IsNamedAfter(path, name), out found);
                return network with { Assumed = source.Deployed is not null ? null : $"activations, and whatever else has no weights: assumed from {name}, because the file does not say it; --network names another network" };
            }
            catch (NanoDetException exception) when (exception.Diagnostic.Code is "NDB4110" or "NDB4105" or "NDB5003")
            {
                nearest = nearest is { } other && other.Found >= found ? other : (name, exception, found);
            }
        }

        throw new NanoDetException(WeightDiagnostics.NoPresetFits(path, nearest!.Value.Name, nearest.Value.Exception.Diagnostic.Message), nearest.Value.Exception);
    }

    private static bool IsNamedAfter(string path, string preset) => Path.GetFileName(path).Contains(preset, StringComparison.OrdinalIgnoreCase);

    private static bool IsOfSize(DeployedInput? file, InputConfiguration preset) => (file?.Width, file?.Height) == (preset.Width, preset.Height);

    /// <summary>A preset is for any classes, and names none.</summary>
    private static NanoDetConfiguration? OfPreset(string name) => Preset.Create(name, ["class"]) is { } preset ? preset with { ClassNames = [] } : null;

    private static NanoDetConfiguration Named(string name)
    {
        if (Path.GetExtension(name).ToLowerInvariant() is ".yml" or ".yaml")
        {
            var reading = ConfigurationFile.Read(name);
            return reading.Configuration ?? throw new NanoDetException(reading.Diagnostics[0]);
        }

        return OfPreset(name) ?? throw new NanoDetException(ConfigurationDiagnostics.UnknownPreset(name, Preset.Names));
    }

    private static FoundNetwork Load(string path, WeightSet source, string name, NanoDetConfiguration configuration, DeployedInput? input, ImmutableArray<string> classes, bool isSure, out int found)
    {
        var (tensors, origins) = Tensors(path, source, configuration, out found);
        var count = Count(tensors, configuration);
        var (names, origin) = ClassNames.Choose(source, classes, configuration.ClassNames, name);
        ClassNames.Require(path, names, origin);
        var known = names.Length == count ? names : Unnamed(count);
        configuration = WithClasses(configuration, count);
        var described = configuration.MetadataFor(known);
        if (ModelInput.Difference(described, source.Deployed?.Input) is { } difference)
        {
            throw new NanoDetException(WeightDiagnostics.OtherNetwork(path, difference));
        }

        var network = NetworkFactory.Create(configuration.Model, seed: 0);
        try
        {
            var report = ModelWeights.Load(path, new WeightSet(tensors, new Dictionary<string, string>()), network, known);
            found += report.Count(WeightOutcome.Loaded);
            var needed = source.Deployed is null ? NetworkLayers.Of(network).Tensors(network).ToHashSet(StringComparer.Ordinal) : [];
            if (report.Rows.FirstOrDefault(row => row.Outcome == WeightOutcome.KnownClasses || (row.Outcome == WeightOutcome.Renewed && (needed.Contains(row.Name) || (tensors.ContainsKey(row.Name) && !StateDict.IsGuidance(row.Name))))) is { } row)
            {
                throw new NanoDetException(ExportDiagnostics.WeightsDoNotFit(path, row.Name));
            }

            // Only now it is known that the weights are of this network, so that their classes were counted right.
            if (!names.IsEmpty && names.Length != count)
            {
                throw new NanoDetException(WeightDiagnostics.OtherClasses(path, names.Length, origin, count));
            }

            network.eval();
            var model = ModelInput.Describe(described, input);
            return new FoundNetwork(
                name, model, ModelInput.Explain(model, input, name, isSure), names.IsEmpty ? AssumedClasses(known) : null, isSure || input is not null, network, tensors,
                report with { Rows = [.. report.Rows.Select(row => row.Reason.Length == 0 && origins.TryGetValue(row.Name, out var origin) ? row with { Reason = $"from {origin}" } : row)] });
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The tensors of the file by their names in the network, and where they are in the file if it has other names.</summary>
    private static (OrderedDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Origins) Tensors(string path, WeightSet source, NanoDetConfiguration configuration, out int found)
    {
        if (source.Deployed is null)
        {
            found = 0;
            var prefix = ModelPrefix.Of(source.Tensors.Keys);
            return (
                new(source.Tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => KeyValuePair.Create(entry.Key[prefix.Length..], entry.Value)), StringComparer.Ordinal),
                new Dictionary<string, string>());
        }

        using var network = NetworkFactory.Create(WithClasses(configuration, 1).Model, seed: 0);
        return DeployedWeights.Restore(path, source.Deployed, network, out found);
    }

    /// <summary>The number of classes: the rows of the predictor but for those of the distances.</summary>
    private static int Count(OrderedDictionary<string, WeightTensor> tensors, NanoDetConfiguration configuration)
    {
        using var network = NetworkFactory.Create(WithClasses(configuration, 1).Model, seed: 0);
        var (name, predictor) = StateDict.Of(network.Head).First(entry => ClassRows.Concerns($"head.{entry.Key}"));
        return tensors.TryGetValue($"head.{name}", out var tensor) && tensor.Shape is [var found, ..] && found - predictor.shape[0] + 1 is >= 1 and <= 10_000 and var count ? (int)count : 1;
    }

    private static ImmutableArray<string> Unnamed(int count)
        => count == CocoClasses.Names.Length ? CocoClasses.Names : [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"class{i}"))];

    private static string AssumedClasses(ImmutableArray<string> names)
        => $"classes: {(names == CocoClasses.Names ? $"the {names.Length} of COCO" : names.Length == 1 ? names[0] : $"{names[0]} to {names[^1]}")}: assumed, because the file does not name them; --classes names a file with them";

    private static NanoDetConfiguration WithClasses(NanoDetConfiguration configuration, int count) => configuration with
    {
        Model = configuration.Model with
        {
            Head = configuration.Model.Head with { NumClasses = count },
            AuxiliaryHead = configuration.Model.AuxiliaryHead is { } auxiliary ? auxiliary with { NumClasses = count } : null,
        },
    };
}

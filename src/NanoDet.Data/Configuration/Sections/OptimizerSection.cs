using System.Collections.Immutable;
using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>schedule.optimizer</c>; absent keys have PyTorch's defaults.</summary>
internal static class OptimizerSection
{
    private static readonly Dictionary<string, Func<MappingReader, OptimizerConfiguration>> Kinds = new()
    {
        ["AdamW"] = AdamW,
        ["SGD"] = Sgd,
    };

    /// <summary>Reads and closes the section; returns a default optimizer if the name is unknown.</summary>
    public static OptimizerConfiguration Read(MappingReader section)
    {
        if (section.Name("name", Kinds) is not { } kind)
        {
            return new SgdConfiguration { LearningRate = 0 };
        }

        var optimizer = kind(section) with
        {
            NoNormDecay = section.Flag("no_norm_decay", false),
            NoBiasDecay = section.Flag("no_bias_decay", false),
            ParameterLevels = ParameterLevels(section.OptionalSection("param_level_cfg")),
        };
        section.Close();
        return optimizer;
    }

    private static AdamWConfiguration AdamW(MappingReader section)
    {
        var betas = section.OptionalRange("betas") ?? new(0.9, 0.999);
        return new()
        {
            LearningRate = section.Number("lr", 0, 0.001),
            WeightDecay = section.Number("weight_decay", 0, 0.01),
            Beta1 = betas.Low,
            Beta2 = betas.High,
            Epsilon = section.Number("eps", 0, 1e-8),
        };
    }

    private static SgdConfiguration Sgd(MappingReader section) => new()
    {
        LearningRate = section.Number("lr"),
        WeightDecay = section.Number("weight_decay", 0, 0),
        Momentum = section.Number("momentum", 0, 0),
        Nesterov = section.Flag("nesterov", false),
    };

    private static ImmutableArray<ParameterLevel> ParameterLevels(MappingReader? section)
    {
        if (section is null)
        {
            return [];
        }

        var levels = section.Keys.Select(name => ParameterLevel(name, section.Section(name))).ToImmutableArray();
        section.Close();
        return levels;
    }

    private static ParameterLevel ParameterLevel(string name, MappingReader section)
    {
        var level = new ParameterLevel(name, section.Number("lr_mult", 0, 1), section.Number("decay_mult", 0, 1));
        section.Close();
        return level;
    }
}

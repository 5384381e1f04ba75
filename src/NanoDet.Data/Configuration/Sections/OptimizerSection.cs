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
        ["Adam"] = section => Moments(section, new AdamConfiguration { LearningRate = section.Number("lr", KeyLimits.Amount, 0.001) }),
        ["Adamax"] = section => Moments(section, new AdamaxConfiguration { LearningRate = section.Number("lr", KeyLimits.Amount, 0.002) }),
        ["NAdam"] = section => Moments(section, new NAdamConfiguration
        {
            LearningRate = section.Number("lr", KeyLimits.Amount, 0.002),
            MomentumDecay = section.Number("momentum_decay", KeyLimits.Amount, 0.004),
        }),
        ["RAdam"] = section => Moments(section, new RAdamConfiguration { LearningRate = section.Number("lr", KeyLimits.Amount, 0.001) }),
        ["RMSprop"] = RmsProp,
        ["Adagrad"] = Adagrad,
        ["Adadelta"] = Adadelta,
        ["ASGD"] = Asgd,
        ["Rprop"] = Rprop,
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

    private static MomentConfiguration AdamW(MappingReader section)
        => Moments(section, new AdamWConfiguration { LearningRate = section.Number("lr", KeyLimits.Amount, 0.001) }, weightDecay: 0.01);

    private static MomentConfiguration Moments(MappingReader section, MomentConfiguration optimizer, double weightDecay = 0)
    {
        var betas = section.OptionalRange("betas", KeyLimits.PartialShare) ?? new(0.9, 0.999);
        return optimizer with
        {
            WeightDecay = section.Number("weight_decay", KeyLimits.Amount, weightDecay),
            Beta1 = betas.Low,
            Beta2 = betas.High,
            Epsilon = section.Number("eps", KeyLimits.Epsilon, 1e-8),
        };
    }

    private static RmsPropConfiguration RmsProp(MappingReader section) => new()
    {
        LearningRate = section.Number("lr", KeyLimits.Amount, 0.01),
        Alpha = section.Number("alpha", KeyLimits.PartialShare, 0.99),
        Epsilon = section.Number("eps", KeyLimits.Epsilon, 1e-8),
        WeightDecay = section.Number("weight_decay", KeyLimits.Amount, 0),
        Momentum = section.Number("momentum", KeyLimits.PartialShare, 0),
        Centered = section.Flag("centered", false),
    };

    private static AdagradConfiguration Adagrad(MappingReader section) => new()
    {
        LearningRate = section.Number("lr", KeyLimits.Amount, 0.01),
        LearningRateDecay = section.Number("lr_decay", KeyLimits.Amount, 0),
        WeightDecay = section.Number("weight_decay", KeyLimits.Amount, 0),
        InitialSum = section.Number("initial_accumulator_value", KeyLimits.Amount, 0),
        Epsilon = section.Number("eps", KeyLimits.Epsilon, 1e-10),
    };

    private static AdadeltaConfiguration Adadelta(MappingReader section) => new()
    {
        LearningRate = section.Number("lr", KeyLimits.Amount, 1),
        Rho = section.Number("rho", KeyLimits.Share, 0.9),
        Epsilon = section.Number("eps", KeyLimits.Epsilon, 1e-6),
        WeightDecay = section.Number("weight_decay", KeyLimits.Amount, 0),
    };

    private static AsgdConfiguration Asgd(MappingReader section) => new()
    {
        LearningRate = section.Number("lr", KeyLimits.Amount, 0.01),
        Lambda = section.Number("lambd", KeyLimits.Amount, 1e-4),
        Alpha = section.Number("alpha", KeyLimits.Factor, 0.75),
        WeightDecay = section.Number("weight_decay", KeyLimits.Amount, 0),
    };

    private static RpropConfiguration Rprop(MappingReader section)
    {
        var factors = section.OptionalRange("etas", KeyLimits.PositiveShare with { IsBelow = true }, KeyLimits.PositiveFactor with { Least = 1 }) ?? new(0.5, 1.2);
        var steps = section.OptionalRange("step_sizes", KeyLimits.Amount with { IsAbove = true }) ?? new(1e-6, 50);
        return new()
        {
            LearningRate = section.Number("lr", KeyLimits.Amount, 0.01),
            Shrink = factors.Low,
            Grow = factors.High,
            SmallestStep = steps.Low,
            LargestStep = steps.High,
        };
    }

    private static SgdConfiguration Sgd(MappingReader section) => new()
    {
        LearningRate = section.Number("lr", KeyLimits.Amount),
        WeightDecay = section.Number("weight_decay", KeyLimits.Amount, 0),
        Momentum = section.Number("momentum", KeyLimits.PartialShare, 0),
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
        var level = new ParameterLevel(name, section.Number("lr_mult", KeyLimits.Amount, 1), section.Number("decay_mult", KeyLimits.Amount, 1));
        section.Close();
        return level;
    }
}

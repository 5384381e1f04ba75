using NanoDet.Data.Configuration.Yaml;

namespace NanoDet.Data.Configuration.Sections;

/// <summary>Reads <c>schedule</c>.</summary>
internal static class ScheduleSection
{
    private static readonly Dictionary<string, WarmupKind?> WarmupKinds = new()
    {
        ["constant"] = WarmupKind.Constant,
        ["linear"] = WarmupKind.Linear,
        ["exp"] = WarmupKind.Exponential,
    };

    private static readonly Dictionary<string, Func<MappingReader, LearningRateConfiguration>> LearningRates = new()
    {
        ["CosineAnnealingLR"] = section => new CosineAnnealingConfiguration(section.Integer("T_max", 1), section.Number("eta_min", 0, 0)),
        ["MultiStepLR"] = section => new MultiStepConfiguration(section.Integers("milestones", 0), section.Number("gamma", 0, 0.1)),
        ["StepLR"] = section => new StepConfiguration(section.Integer("step_size", 1), section.Number("gamma", 0, 0.1)),
        ["ExponentialLR"] = section => new ExponentialConfiguration(section.Number("gamma")),
        ["ConstantLR"] = section => new ConstantConfiguration(section.Number("factor", double.Epsilon, 1.0 / 3), section.Integer("total_iters", 1, 5)),
        ["LinearLR"] = section => new LinearConfiguration(
            section.Number("start_factor", double.Epsilon, 1.0 / 3), section.Number("end_factor", 0, 1), section.Integer("total_iters", 1, 5)),
        ["PolynomialLR"] = section => new PolynomialConfiguration(section.Integer("total_iters", 1, 5), section.Number("power", 0, 1)),
        ["CosineAnnealingWarmRestarts"] = section => new WarmRestartsConfiguration(
            section.Integer("T_0", 1), section.Integer("T_mult", 1, 1), section.Number("eta_min", 0, 0)),
    };

    /// <summary>Reads and closes the section.</summary>
    public static ScheduleConfiguration Read(MappingReader section)
    {
        var schedule = new ScheduleConfiguration
        {
            Optimizer = OptimizerSection.Read(section.Section("optimizer")),
            Warmup = Warmup(section.Section("warmup")),
            LearningRate = LearningRate(section.Section("lr_schedule")),
            TotalEpochs = section.Integer("total_epochs", 1),
            ValidationInterval = section.Integer("val_intervals", 1),
            LoadModel = section.OptionalText("load_model"),
            Resume = section.Has("resume"),
        };
        section.Close();
        return schedule;
    }

    private static WarmupConfiguration Warmup(MappingReader section)
    {
        var warmup = new WarmupConfiguration(
            section.Name("name", WarmupKinds) ?? default, section.Integer("steps", 0), section.Number("ratio"));
        section.Close();
        return warmup;
    }

    private static LearningRateConfiguration LearningRate(MappingReader section)
    {
        if (section.Name("name", LearningRates) is not { } kind)
        {
            return new MultiStepConfiguration([], 1);
        }

        var learningRate = kind(section);
        section.Close();
        return learningRate;
    }
}

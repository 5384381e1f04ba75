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
        ["CosineAnnealingLR"] = section => new CosineAnnealingConfiguration(section.Integer("T_max", KeyLimits.Epochs), section.Number("eta_min", KeyLimits.Amount, 0)),
        ["MultiStepLR"] = section => new MultiStepConfiguration(section.Integers("milestones", KeyLimits.Count), section.Number("gamma", KeyLimits.Factor, 0.1)),
        ["StepLR"] = section => new StepConfiguration(section.Integer("step_size", KeyLimits.Epochs), section.Number("gamma", KeyLimits.Factor, 0.1)),
        ["ExponentialLR"] = section => new ExponentialConfiguration(section.Number("gamma", KeyLimits.Factor)),
        ["ConstantLR"] = section => new ConstantConfiguration(section.Number("factor", KeyLimits.PositiveShare, 1.0 / 3), section.Integer("total_iters", KeyLimits.Epochs, 5)),
        ["LinearLR"] = section => new LinearConfiguration(
            section.Number("start_factor", KeyLimits.PositiveShare, 1.0 / 3), section.Number("end_factor", KeyLimits.Share, 1), section.Integer("total_iters", KeyLimits.Epochs, 5)),
        ["PolynomialLR"] = section => new PolynomialConfiguration(section.Integer("total_iters", KeyLimits.Epochs, 5), section.Number("power", KeyLimits.Factor, 1)),
        ["CosineAnnealingWarmRestarts"] = section => new WarmRestartsConfiguration(
            section.Integer("T_0", KeyLimits.Epochs), section.Integer("T_mult", KeyLimits.Epochs, 1), section.Number("eta_min", KeyLimits.Amount, 0)),
    };

    /// <summary>Reads and closes the section.</summary>
    public static ScheduleConfiguration Read(MappingReader section)
    {
        var schedule = new ScheduleConfiguration
        {
            Optimizer = OptimizerSection.Read(section.Section("optimizer")),
            Warmup = Warmup(section.Section("warmup")),
            LearningRate = LearningRate(section.Section("lr_schedule")),
            TotalEpochs = section.Integer("total_epochs", KeyLimits.Epochs),
            ValidationInterval = section.Integer("val_intervals", KeyLimits.Epochs),
            LoadModel = section.OptionalText("load_model"),
            Resume = section.Has("resume"),
        };
        section.Close();
        return schedule;
    }

    private static WarmupConfiguration Warmup(MappingReader section)
    {
        var warmup = new WarmupConfiguration(
            section.Name("name", WarmupKinds) ?? default, section.Integer("steps", KeyLimits.Count), section.Number("ratio", KeyLimits.Share));
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

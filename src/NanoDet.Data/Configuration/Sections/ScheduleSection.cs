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

using NanoDet.Core.Diagnostics;
using NanoDet.Data.Configuration.Presets;
using NanoDet.Data.Diagnostics;

namespace NanoDet.Data.Configuration.Checks;

/// <summary>Finds settings that cannot work as intended, and settings that have no effect.</summary>
internal static class ScheduleCheck
{
    /// <summary>Returns the problems.</summary>
    public static IEnumerable<Diagnostic> Run(
        NanoDetConfiguration configuration, int trainingImages, Func<string, SourceLocation?> place)
    {
        var schedule = configuration.Schedule;
        var stepsPerEpoch = Math.Max(1, trainingImages / configuration.BatchSize);
        var steps = (long)stepsPerEpoch * schedule.TotalEpochs;
        if (schedule.Resume)
        {
            yield return ConfigurationDiagnostics.Resume(place("schedule.resume"));
        }

        // An epoch without a batch has no steps that the warm-up could be compared with.
        if (configuration.BatchSize > trainingImages)
        {
            yield return ConfigurationDiagnostics.BatchTooLarge(place("device.batchsize_per_gpu"), configuration.BatchSize, trainingImages, SmallData.BatchSize(trainingImages));
        }
        else if (schedule.Warmup.Steps >= steps)
        {
            yield return ConfigurationDiagnostics.WarmupTooLong(place("schedule.warmup.steps"), schedule.Warmup.Steps, steps);
        }

        if (schedule.Optimizer.LearningRate == 0)
        {
            yield return ConfigurationDiagnostics.WrongValue(place("schedule.optimizer.lr"), "schedule.optimizer.lr", "a number above 0, because nothing is learnt otherwise", "0");
        }

        if (schedule.Warmup is { Ratio: 0, Steps: > 1, Kind: not WarmupKind.Linear } warmup)
        {
            yield return ConfigurationDiagnostics.WithoutEffect(
                place("schedule.warmup.ratio"),
                $"'ratio' 0 makes the learning rate 0 in all {warmup.Steps} steps of the warm-up, so they train nothing; write a ratio above 0, or 'name: linear', which rises from 0");
        }

        if (Ends(schedule.LearningRate) is var (key, end) && end < schedule.TotalEpochs)
        {
            yield return ConfigurationDiagnostics.WithoutEffect(
                place($"schedule.lr_schedule.{key}") ?? place("schedule.lr_schedule"),
                $"The learning rate is 0 after epoch {end} ('{key}'), so the later ones of {schedule.TotalEpochs} epochs train nothing");
        }

        if (schedule.LearningRate is CosineAnnealingConfiguration cosine && cosine.TMax != schedule.TotalEpochs)
        {
            yield return ConfigurationDiagnostics.ScheduleLengthDiffers(
                place("schedule.lr_schedule.T_max"), "T_max", cosine.TMax, schedule.TotalEpochs);
        }

        if (schedule.LearningRate is MultiStepConfiguration { Milestones: [.., var last] } && last >= schedule.TotalEpochs)
        {
            yield return ConfigurationDiagnostics.ScheduleLengthDiffers(
                place("schedule.lr_schedule.milestones"), "milestones", last, schedule.TotalEpochs);
        }

        if (schedule.ValidationInterval > schedule.TotalEpochs)
        {
            yield return ConfigurationDiagnostics.NoValidation(
                place("schedule.val_intervals"), schedule.ValidationInterval, schedule.TotalEpochs);
        }

        if (configuration.Precision != 32)
        {
            yield return ConfigurationDiagnostics.WithoutEffect(
                place("device.precision"), "'precision' 16 has no effect; the property NanoDetTrainingPrecision says what training computes in");
        }

        if (configuration.Devices.Length > 1)
        {
            yield return ConfigurationDiagnostics.WithoutEffect(
                place("device.gpu_ids"),
                $"'gpu_ids' names {configuration.Devices.Length} devices, but training uses one; the batch size of a step is {configuration.BatchSize} instead of {configuration.BatchSize * (long)configuration.Devices.Length}");
        }
    }

    /// <summary>The key by which a schedule stays at 0, and the last epoch before that; null for one that does not.</summary>
    private static (string Key, int Epoch)? Ends(LearningRateConfiguration schedule) => schedule switch
    {
        ExponentialConfiguration { Gamma: 0 } => ("gamma", 1),
        StepConfiguration { Gamma: 0 } step => ("gamma", step.StepSize),
        MultiStepConfiguration { Gamma: 0, Milestones.Length: > 0 } multiple => ("gamma", multiple.Milestones.Min()),
        LinearConfiguration { EndFactor: 0 } linear => ("end_factor", linear.TotalEpochs),
        PolynomialConfiguration { Power: > 0 } polynomial => ("total_iters", polynomial.TotalEpochs),
        _ => null,
    };
}

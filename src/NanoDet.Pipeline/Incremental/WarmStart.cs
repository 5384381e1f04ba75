using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;

namespace NanoDet.Pipeline.Incremental;

/// <summary>
/// How training continues from a good model: a fifth of the steps over all data, half of the learning rate,
/// which rises during half of the steps and then falls to the same minimum, a moving average over all of its steps, no guidance
/// module, and new and changed images twice as often. All other images are used in every epoch as before, so that the model forgets nothing.
/// </summary>
public static class WarmStart
{
    private const int StepsFraction = 5;
    private const int ValidationsOfTraining = 5;
    private const int FewestEpochs = 2;
    private const double RateFactor = 0.5;
    private const double Emphasis = 2;
    private const int LongestWarmup = 500;
    private const double WarmupRatio = 0.001;

    /// <summary>Returns the number of epochs of a warm start.</summary>
    /// <param name="epochs">The number of epochs of a new training.</param>
    /// <param name="images">The number of images in an epoch of a new training.</param>
    /// <param name="visits">The number of images in an epoch of the warm start; an image that is used twice counts twice.</param>
    public static int Epochs(int epochs, int images, int visits)
        => Math.Min(epochs, Math.Max(FewestEpochs, (int)((long)epochs * images / visits / StepsFraction)));

    /// <summary>Returns the configuration of the warm start.</summary>
    /// <param name="configuration">The configuration of a new training.</param>
    /// <param name="images">The number of images in an epoch of it.</param>
    /// <param name="visits">The number of images in an epoch of the warm start.</param>
    public static NanoDetConfiguration Configure(NanoDetConfiguration configuration, int images, int visits)
    {
        var schedule = configuration.Schedule;
        var epochs = Epochs(schedule.TotalEpochs, images, visits);
        var steps = (long)epochs * Math.Max(visits / configuration.BatchSize, 1);
        var rate = schedule.Optimizer.LearningRate * RateFactor;
        return configuration with
        {
            // The parent has learnt at the full size, and so few epochs would lose more at a smaller one than they win.
            Train = configuration.Train with { ProgressiveResizing = null },
            Model = configuration.Model with
            {
                // The parent's head knows enough to assign priors itself, and its guidance module may have ended long before.
                GuidanceEpochs = configuration.Model.AuxiliaryHead is null ? null : 0,
                // The usual moving average needs thousands of steps; without one, the result of so few steps would depend on the last batches. In
                // this average, the parent has a share of a little under a fifth at the end: the first steps count more and replace the rest.
                MovingAverageDecay = configuration.Model.MovingAverageDecay is null ? null : 1 - (1.0 / steps),
                MovingAverageSettling = 1,
            },
            Schedule = schedule with
            {
                TotalEpochs = epochs,
                Optimizer = schedule.Optimizer with { LearningRate = rate },
                // AdamW starts without a history of gradients. Until it has one, each weight moves by the full learning rate whatever its gradient
                // is, which would spoil a good model.
                Warmup = new(WarmupKind.Linear, (int)Math.Min(steps / 2, LongestWarmup), WarmupRatio),
                LearningRate = new CosineAnnealingConfiguration(epochs, Math.Min(Floor(schedule), rate)) { ClosedForm = true },
                ValidationInterval = Math.Clamp(epochs / ValidationsOfTraining, 1, schedule.ValidationInterval),
            },
        };
    }

    /// <summary>Returns the data set with a higher weight for images that the parent was not trained on.</summary>
    public static Dataset Emphasize(Dataset dataset, TrainingLineage lineage)
    {
        var fresh = lineage.Added.Concat(lineage.Changed).Select(image => image.Sha256).ToHashSet(StringComparer.Ordinal);
        return dataset with
        {
            Images = [.. dataset.Images.Select(image => image.Part == DatasetPart.Train && fresh.Contains(image.ContentHash)
                ? image with { Weight = image.Weight * Emphasis } : image)],
        };
    }

    private static double Floor(ScheduleConfiguration schedule) => schedule.LearningRate switch
    {
        CosineAnnealingConfiguration cosine => cosine.EtaMin,
        MultiStepConfiguration steps => schedule.Optimizer.LearningRate * Math.Pow(steps.Gamma, steps.Milestones.Length),
        WarmRestartsConfiguration restarts => restarts.EtaMin,
        StepConfiguration steps => schedule.Optimizer.LearningRate * Math.Pow(steps.Gamma, (schedule.TotalEpochs - 1) / steps.StepSize),
        ExponentialConfiguration exponential => schedule.Optimizer.LearningRate * Math.Pow(exponential.Gamma, schedule.TotalEpochs - 1),
        LinearConfiguration linear => schedule.Optimizer.LearningRate * Math.Min(linear.EndFactor, 1),
        PolynomialConfiguration or ConstantConfiguration => schedule.Optimizer.LearningRate / 20, // as the presets end
        _ => throw new NotSupportedException($"{schedule.LearningRate.GetType().Name} is not known"),
    };
}

using NanoDet.Data.Configuration;
using NanoDet.Data.Datasets;

namespace NanoDet.Pipeline.Incremental;

/// <summary>
/// How training goes on from a model that is good already: a fifth of the steps over all data, half of the learning rate,
/// to which half of the steps rise and from which it falls to the same floor, a moving average over all of its steps, and new and
/// changed images twice as often. All others are seen in every epoch as before, so that nothing is forgotten.
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

    /// <summary>Epochs of a warm start.</summary>
    /// <param name="epochs">Epochs from scratch.</param>
    /// <param name="images">Images that an epoch from scratch sees.</param>
    /// <param name="visits">Images that an epoch of the warm start sees, those that it sees twice counted twice.</param>
    public static int Epochs(int epochs, int images, int visits)
        => Math.Min(epochs, Math.Max(FewestEpochs, (int)((long)epochs * images / visits / StepsFraction)));

    /// <summary>The configuration for going on.</summary>
    /// <param name="configuration">That of a training from scratch.</param>
    /// <param name="images">Images that an epoch of it sees.</param>
    /// <param name="visits">Images that an epoch of the warm start sees.</param>
    public static NanoDetConfiguration Configure(NanoDetConfiguration configuration, int images, int visits)
    {
        var schedule = configuration.Schedule;
        var epochs = Epochs(schedule.TotalEpochs, images, visits);
        var steps = (long)epochs * Math.Max(visits / configuration.BatchSize, 1);
        var rate = schedule.Optimizer.LearningRate * RateFactor;
        return configuration with
        {
            Model = configuration.Model with
            {
                // The guidance module comes along trained: it need not shape backbone and neck again.
                DetachEpoch = 0,
                // The usual average takes thousands of steps to be one; without any, so few end wherever the last batches pulled. Of
                // this one a little under a fifth is still the parent in the end: the first steps, which count for more, take the rest.
                MovingAverageDecay = configuration.Model.MovingAverageDecay is null ? null : 1 - (1.0 / steps),
                MovingAverageSettling = 1,
            },
            Schedule = schedule with
            {
                TotalEpochs = epochs,
                Optimizer = schedule.Optimizer with { LearningRate = rate },
                // AdamW's memory of the gradients is empty. Until it is filled a weight moves by the whole rate whatever its gradient, which
                // takes a good model from where it is.
                Warmup = new(WarmupKind.Linear, (int)Math.Min(steps / 2, LongestWarmup), WarmupRatio),
                LearningRate = new CosineAnnealingConfiguration(epochs, Math.Min(Floor(schedule), rate)) { ClosedForm = true },
                ValidationInterval = Math.Clamp(epochs / ValidationsOfTraining, 1, schedule.ValidationInterval),
            },
        };
    }

    /// <summary>The data set with more weight on what the parent has not learnt.</summary>
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
        _ => throw new NotSupportedException($"{schedule.LearningRate.GetType().Name} is not known"),
    };
}

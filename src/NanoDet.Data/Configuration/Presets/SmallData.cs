namespace NanoDet.Data.Configuration.Presets;

/// <summary>
/// Adapts a preset to the number of training images. The presets are made for the 118,000 images of COCO; with a few hundred,
/// a batch size of 96 leaves few steps or none in an epoch, and a warm-up of 500 steps takes most or all of the training.
/// Also, they begin with random weights: pretrained weights need only a fraction of the epochs, and the guidance module only in the first of them.
/// </summary>
public static class SmallData
{
    /// <summary>The least number of steps in an epoch, if there are enough images.</summary>
    private const int StepsPerEpoch = 12;

    /// <summary>The smallest batch size, because batch normalisation needs a few images.</summary>
    private const int SmallestBatch = 8;

    /// <summary>Epochs with pretrained weights, if there are many images.</summary>
    private const int PretrainedEpochs = 12;

    /// <summary>Images that a training with pretrained weights processes in addition to those epochs, so that a small data set is used often enough.</summary>
    private const int PretrainedVisits = 4000;

    /// <summary>With pretrained weights, one of so many epochs has the guidance module: the head knows enough to assign priors itself soon.</summary>
    private const int GuidedPart = 4;

    /// <summary>Returns the preset with the project's settings; the rules apply to what the project does not set.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="overrides">The project's settings.</param>
    /// <param name="trainingImages">Images in the training part, at least 1.</param>
    public static NanoDetConfiguration Fit(NanoDetConfiguration preset, ConfigurationOverrides overrides, int trainingImages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingImages, 1);
        if (overrides is { Pretrained: not null, Epochs: null })
        {
            overrides = overrides with { Epochs = Math.Min(preset.Schedule.TotalEpochs, PretrainedEpochs + (PretrainedVisits / trainingImages)) };
        }

        if (overrides is { Pretrained: not null, GuidanceEpochs: null })
        {
            overrides = overrides with { GuidanceEpochs = overrides.Epochs / GuidedPart };
        }

        var configuration = overrides.ApplyTo(preset);
        var schedule = configuration.Schedule;
        // Even a batch size of the project cannot be larger than the data: an epoch would have no step.
        var batch = Math.Min(trainingImages, overrides.BatchSize ?? (trainingImages >= preset.BatchSize * StepsPerEpoch ? preset.BatchSize : BatchSize(trainingImages)));
        var stepsPerEpoch = trainingImages / batch;
        var steps = (long)schedule.TotalEpochs * stepsPerEpoch;
        return configuration with
        {
            BatchSize = batch,
            LogInterval = Math.Min(configuration.LogInterval, stepsPerEpoch),
            Schedule = schedule with
            {
                Warmup = schedule.Warmup with { Steps = (int)Math.Clamp(steps / 20, 1, Math.Min(500, schedule.Warmup.Steps)) },
                Optimizer = schedule.Optimizer with
                {
                    LearningRate = overrides.LearningRate ?? LearningRate(schedule.Optimizer, batch, preset.BatchSize),
                },
                ValidationInterval = overrides.ValidationInterval
                    ?? Math.Clamp(schedule.TotalEpochs / 10, 1, schedule.ValidationInterval),
            },
        };
    }

    /// <summary>A good batch size for a few images: the largest power of two that leaves enough steps, but not below what batch normalisation needs.</summary>
    /// <param name="images">Images in the training part, at least 1.</param>
    public static int BatchSize(int images)
    {
        var batch = SmallestBatch;
        while (batch * 2 * StepsPerEpoch <= images)
        {
            batch *= 2;
        }

        return Math.Min(batch, images);
    }

    // SGD needs a learning rate in proportion to the batch size (Goyal et al., 2017); Adam scales its steps itself.
    private static double LearningRate(OptimizerConfiguration optimizer, int batch, int presetBatch)
        => optimizer is SgdConfiguration ? optimizer.LearningRate * batch / presetBatch : optimizer.LearningRate;
}

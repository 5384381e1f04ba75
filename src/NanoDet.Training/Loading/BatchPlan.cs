using System.Collections.Immutable;
using NanoDet.Data.Datasets;

namespace NanoDet.Training.Loading;

/// <summary>The images of each step of a training.</summary>
/// <param name="Images">The images of the training part.</param>
/// <param name="BatchSize">The number of images per step, or all images if there are fewer.</param>
/// <param name="Seed">The training's seed.</param>
public sealed record BatchPlan(ImmutableArray<DatasetImage> Images, int BatchSize, long Seed)
{
    /// <summary>
    /// The number of steps in an epoch. Images that do not fill the last batch are left out in this epoch (<c>drop_last</c>, as in the
    /// original), but an epoch always has a step: if there are fewer images than the batch size, they are one batch.
    /// </summary>
    public int StepsPerEpoch { get; } = Math.Max(DataOrder.Length(Images) / BatchSize, 1);

    /// <summary>Returns the images of every step of an epoch.</summary>
    public IReadOnlyList<ImmutableArray<ImageVisit>> Epoch(int epoch)
        => [.. DataOrder.Of(Images, Seed, epoch).Chunk(BatchSize).Take(StepsPerEpoch).Select(ImmutableArray.Create)];

    /// <summary>Returns the steps from a position to the end of the training.</summary>
    /// <param name="start">The first step.</param>
    /// <param name="epochs">The number of epochs of the training.</param>
    public IEnumerable<BatchStep> From(TrainingPosition start, int epochs)
    {
        for (var epoch = start.Epoch; epoch < epochs; epoch++)
        {
            var steps = Epoch(epoch);
            for (var step = epoch == start.Epoch ? start.StepInEpoch : 0; step < steps.Count; step++)
            {
                yield return new BatchStep(new(epoch, step), steps[step]);
            }
        }
    }
}

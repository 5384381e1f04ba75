using System.Collections.Immutable;
using NanoDet.Data.Datasets;

namespace NanoDet.Training.Loading;

/// <summary>Which images belong to which step of a training.</summary>
/// <param name="Images">The images of the training part.</param>
/// <param name="BatchSize">Images of one step; where there are fewer in all, those.</param>
/// <param name="Seed">The training's seed.</param>
public sealed record BatchPlan(ImmutableArray<DatasetImage> Images, int BatchSize, long Seed)
{
    /// <summary>
    /// Steps of one epoch. What is left over after the last whole batch waits for another epoch (<c>drop_last</c>, as in the
    /// original), but an epoch always has a step: a set smaller than the batch is one batch.
    /// </summary>
    public int StepsPerEpoch { get; } = Math.Max(DataOrder.Length(Images) / BatchSize, 1);

    /// <summary>The images of every step of an epoch.</summary>
    public IReadOnlyList<ImmutableArray<ImageVisit>> Epoch(int epoch)
        => [.. DataOrder.Of(Images, Seed, epoch).Chunk(BatchSize).Take(StepsPerEpoch).Select(ImmutableArray.Create)];
}

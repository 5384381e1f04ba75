namespace NanoDet.Training.Assigners;

/// <summary>
/// Adaptive training sample selection (Zhang et al., 2020; <c>nanodet/model/head/assigner/atss_assigner.py</c>): of the
/// cells nearest to an object on each feature map, it takes those whose IoU is above the mean plus the standard deviation of all.
/// </summary>
public static class AtssAssigner
{
    /// <summary>The number of candidate cells of each feature map for an object.</summary>
    private const int TopK = 9;

    /// <summary>How far the middle of a cell must be inside the object, in pixels.</summary>
    private const float SmallestDepth = 0.01f;

    /// <summary>Assigns the priors of one image.</summary>
    /// <param name="levels">The priors of each feature map.</param>
    /// <param name="cellScale">Side of a cell, in strides (<c>octave_base_scale</c>).</param>
    /// <param name="objects">Boxes of the objects.</param>
    /// <returns>The assigned priors, in rising order; the IoU is that of the cell, which does not depend on predictions.</returns>
    public static List<AssignedPrior> Assign(Prior[][] levels, int cellScale, ReadOnlySpan<Box> objects)
    {
        var owners = new SortedDictionary<int, AssignedPrior>();
        for (var o = 0; o < objects.Length; o++)
        {
            foreach (var assigned in Positive(levels, cellScale, objects[o], o))
            {
                if (!owners.TryGetValue(assigned.Prior, out var other) || assigned.IoU > other.IoU)
                {
                    owners[assigned.Prior] = assigned;
                }
            }
        }

        return [.. owners.Values];
    }

    private static IEnumerable<AssignedPrior> Positive(Prior[][] levels, int cellScale, Box box, int index)
    {
        var candidates = Candidates(levels, box)
            .Select(candidate => (candidate.Index, candidate.Prior, Overlap: Cell(candidate.Prior, cellScale).IoU(box)))
            .ToList();
        var mean = candidates.Average(candidate => candidate.Overlap);
        var variance = candidates.Sum(candidate => (candidate.Overlap - mean) * (candidate.Overlap - mean)) / (candidates.Count - 1);
        var threshold = mean + MathF.Sqrt(variance);
        return candidates
            .Where(candidate => candidate.Overlap >= threshold && box.Depth(candidate.Prior.X, candidate.Prior.Y) > SmallestDepth)
            .Select(candidate => new AssignedPrior(candidate.Index, index, candidate.Overlap));
    }

    private static IEnumerable<(int Index, Prior Prior)> Candidates(Prior[][] levels, Box box)
    {
        var (x, y) = ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
        var first = 0;
        foreach (var level in levels)
        {
            var order = new int[level.Length];
            var distances = new float[level.Length];
            for (var i = 0; i < level.Length; i++)
            {
                order[i] = i;
                distances[i] = ((level[i].X - x) * (level[i].X - x)) + ((level[i].Y - y) * (level[i].Y - y));
            }

            Array.Sort(distances, order);
            foreach (var i in order.Take(TopK))
            {
                yield return (first + i, level[i]);
            }

            first += level.Length;
        }
    }

    private static Box Cell(Prior prior, int scale)
    {
        var half = 0.5f * scale * prior.Stride;
        return new Box(prior.X - half, prior.Y - half, prior.X + half, prior.Y + half);
    }
}

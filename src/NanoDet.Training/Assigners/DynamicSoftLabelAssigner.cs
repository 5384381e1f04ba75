using System.Buffers;

namespace NanoDet.Training.Assigners;

/// <summary>
/// Assigns priors by the current predictions: each object takes the priors whose predictions have the lowest cost, and more
/// of them the better they overlap it (<c>nanodet/model/head/assigner/dsl_assigner.py</c>; the number of priors as in
/// OTA and YOLOX). It computes on arrays; with tensors it would be hundreds of tiny operations per image.
/// </summary>
public static class DynamicSoftLabelAssigner
{
    /// <summary>The number of largest IoUs that decide how many priors an object takes.</summary>
    private const int TopK = 13;

    /// <summary>Weight of the IoU cost relative to the class cost.</summary>
    private const float IoUFactor = 3;

    /// <summary>Assigns the priors of one image.</summary>
    /// <param name="logits">Class logits, [priors, classes].</param>
    /// <param name="boxes">The boxes that the priors predict, one each.</param>
    /// <param name="priors">The priors.</param>
    /// <param name="objects">Boxes of the objects.</param>
    /// <param name="labels">Their classes.</param>
    /// <returns>The assigned priors, in rising order.</returns>
    public static List<AssignedPrior> Assign(
        ReadOnlySpan<float> logits, ReadOnlySpan<Box> boxes, ReadOnlySpan<Prior> priors, ReadOnlySpan<Box> objects, ReadOnlySpan<int> labels)
    {
        var candidates = Inside(priors, objects);
        if (candidates.Count == 0)
        {
            return [];
        }

        // [objects, candidates]; rented, for as new arrays they would be large objects of every step.
        var overlaps = ArrayPool<float>.Shared.Rent(objects.Length * candidates.Count);
        var costs = ArrayPool<float>.Shared.Rent(objects.Length * candidates.Count);
        try
        {
            Compare(candidates, logits, boxes, objects, labels, logits.Length / priors.Length, overlaps, costs);
            return Match(candidates, objects.Length, overlaps, costs);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(overlaps);
            ArrayPool<float>.Shared.Return(costs);
        }
    }

    /// <summary>Computes the IoU and the cost of each candidate for each object, [objects, candidates].</summary>
    private static void Compare(
        List<int> candidates, ReadOnlySpan<float> logits, ReadOnlySpan<Box> boxes, ReadOnlySpan<Box> objects, ReadOnlySpan<int> labels, int classCount,
        Span<float> overlaps, Span<float> costs)
    {
        for (var c = 0; c < candidates.Count; c++)
        {
            var prior = candidates[c];
            var classes = logits.Slice(prior * classCount, classCount);
            var background = 0f;
            foreach (var logit in classes)
            {
                background += ClassCost(logit, 0);
            }

            for (var o = 0; o < objects.Length; o++)
            {
                var overlap = boxes[prior].IoU(objects[o]);
                var logit = classes[labels[o]];
                overlaps[(o * candidates.Count) + c] = overlap;
                costs[(o * candidates.Count) + c] = background - ClassCost(logit, 0) + ClassCost(logit, overlap) - (IoUFactor * MathF.Log(overlap + 1e-7f));
            }
        }
    }

    /// <summary>Binary cross-entropy of a logit with a soft label, weighted by the square of their difference.</summary>
    private static float ClassCost(float logit, float target)
    {
        var decay = MathF.Exp(-MathF.Abs(logit));
        var score = (logit >= 0 ? 1 : decay) / (1 + decay);
        var crossEntropy = Math.Max(logit, 0) - (logit * target) + MathF.Log(1 + decay);
        return crossEntropy * (target - score) * (target - score);
    }

    private static List<int> Inside(ReadOnlySpan<Prior> priors, ReadOnlySpan<Box> objects)
    {
        var inside = new List<int>();
        for (var p = 0; p < priors.Length; p++)
        {
            foreach (var box in objects)
            {
                if (box.Depth(priors[p].X, priors[p].Y) > 0)
                {
                    inside.Add(p);
                    break;
                }
            }
        }

        return inside;
    }

    private static List<AssignedPrior> Match(List<int> candidates, int objects, float[] overlaps, float[] costs)
    {
        var owners = new int[candidates.Count]; // the number of objects that want the candidate
        var owner = new int[candidates.Count]; // the last of them
        var order = new int[candidates.Count];
        var keys = new float[candidates.Count];
        for (var o = 0; o < objects; o++)
        {
            foreach (var c in Cheapest(o, Count(o)))
            {
                owners[c]++;
                owner[c] = o;
            }
        }

        var assigned = new List<AssignedPrior>();
        for (var c = 0; c < candidates.Count; c++)
        {
            if (owners[c] > 0)
            {
                // If several objects want a prior, it is assigned to the object with the lowest cost of all objects.
                var o = owners[c] == 1 ? owner[c] : CheapestObject(c);
                assigned.Add(new AssignedPrior(candidates[c], o, overlaps[At(o, c)]));
            }
        }

        return assigned;

        int At(int o, int c) => (o * candidates.Count) + c;

        int Count(int o)
        {
            for (var c = 0; c < keys.Length; c++)
            {
                keys[c] = -overlaps[At(o, c)];
            }

            Array.Sort(keys);
            var sum = 0f;
            for (var i = 0; i < Math.Min(TopK, keys.Length); i++)
            {
                sum -= keys[i];
            }

            return Math.Max((int)sum, 1);
        }

        ReadOnlySpan<int> Cheapest(int o, int count)
        {
            for (var c = 0; c < order.Length; c++)
            {
                order[c] = c;
                keys[c] = costs[At(o, c)];
            }

            Array.Sort(keys, order);
            return order.AsSpan(0, Math.Min(count, order.Length));
        }

        int CheapestObject(int c)
        {
            var best = 0;
            for (var o = 1; o < objects; o++)
            {
                best = costs[At(o, c)] < costs[At(best, c)] ? o : best;
            }

            return best;
        }
    }
}

using System.Buffers;
using System.Collections.Immutable;

namespace NanoDet.Core.Detections;

/// <summary>Keeps the best of boxes that cover the same object, class by class (the original's <c>multiclass_nms</c>).</summary>
/// <param name="IouThreshold">A box is removed if its IoU with a better box of its class is above this.</param>
/// <param name="MaxDetections">The largest number of detections to keep for one image, over all classes.</param>
public sealed record NonMaximumSuppression(
    double IouThreshold = NonMaximumSuppression.UsualIouThreshold, int MaxDetections = NonMaximumSuppression.UsualMaxDetections)
{
    /// <summary>The IoU threshold of the original.</summary>
    public const double UsualIouThreshold = 0.6;

    /// <summary>The number of detections that the original keeps for one image.</summary>
    public const int UsualMaxDetections = 100;

    /// <summary>The detections to keep, best first; of two equal scores the earlier one is better.</summary>
    public ImmutableArray<DetectedObject> Apply(IReadOnlyList<DetectedObject> candidates)
    {
        DetectedObject[] copy = [.. candidates];
        return [.. copy.AsSpan(0, ApplyInPlace(copy))];
    }

    /// <summary>Works in place without allocating: moves the detections to keep to the front.</summary>
    /// <param name="candidates">The candidates; reordered, and undefined after those to keep.</param>
    /// <returns>The number of detections to keep.</returns>
    public int ApplyInPlace(Span<DetectedObject> candidates)
    {
        SortByScore(candidates);

        // All classes are visited from the best score down, so nothing after the last kept detection has to be visited.
        var kept = 0;
        for (var i = 0; i < candidates.Length && kept < MaxDetections; i++)
        {
            if (!IsCovered(candidates[..kept], candidates[i]))
            {
                candidates[kept++] = candidates[i];
            }
        }

        return kept;
    }

    // The sort is not stable; the position, in the lower bits below the score, makes it stable.
    private static void SortByScore(Span<DetectedObject> candidates)
    {
        var keys = ArrayPool<ulong>.Shared.Rent(candidates.Length);
        for (var i = 0; i < candidates.Length; i++)
        {
            keys[i] = ((ulong)Descending(candidates[i].Score) << 32) | (uint)i;
        }

        keys.AsSpan(0, candidates.Length).Sort(candidates);
        ArrayPool<ulong>.Shared.Return(keys);
    }

    // Integers that rise as the score falls: except for the sign, the bits of a float are ordered like its value. NaN is the worst.
    private static uint Descending(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score);
        return float.IsNaN(score) ? uint.MaxValue : (bits & 0x80000000) != 0 ? bits : bits ^ 0x7FFFFFFF;
    }

    private bool IsCovered(ReadOnlySpan<DetectedObject> kept, in DetectedObject candidate)
    {
        foreach (ref readonly var better in kept)
        {
            if (better.Label == candidate.Label && better.Box.IntersectionOverUnion(candidate.Box) > IouThreshold)
            {
                return true;
            }
        }

        return false;
    }
}

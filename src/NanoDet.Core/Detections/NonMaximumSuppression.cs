using System.Buffers;
using System.Collections.Immutable;

namespace NanoDet.Core.Detections;

/// <summary>Keeps the best of boxes that cover the same object, class by class (the original's <c>multiclass_nms</c>).</summary>
/// <param name="IouThreshold">A box that overlaps a better one of its class by more than this goes.</param>
/// <param name="MaxDetections">Detections kept of one picture, the best of all classes.</param>
public sealed record NonMaximumSuppression(
    double IouThreshold = NonMaximumSuppression.UsualIouThreshold, int MaxDetections = NonMaximumSuppression.UsualMaxDetections)
{
    /// <summary>The overlap that the original uses.</summary>
    public const double UsualIouThreshold = 0.6;

    /// <summary>The number of detections that the original keeps of one picture.</summary>
    public const int UsualMaxDetections = 100;

    /// <summary>The detections that stay, best first; of equal scores the earlier one counts as better.</summary>
    public ImmutableArray<DetectedObject> Apply(IReadOnlyList<DetectedObject> candidates)
    {
        DetectedObject[] copy = [.. candidates];
        return [.. copy.AsSpan(0, ApplyInPlace(copy))];
    }

    /// <summary>The same in place and without allocating: the detections that stay come to the front.</summary>
    /// <param name="candidates">Reordered; undefined behind the ones that stay.</param>
    /// <returns>How many stay.</returns>
    public int ApplyInPlace(Span<DetectedObject> candidates)
    {
        SortByScore(candidates);

        // Going through all classes from the best score down, nothing after the last kept one needs a look.
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

    // The sort is not stable: the position, below the score in one number, makes it so.
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

    // Whole numbers that rise as the score falls: the bits of a float are in order but for their sign. What is no number is worst.
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

using NanoDet.SmallBoards.Running;

namespace NanoDet.SmallBoards.Comparing;

/// <summary>How two lists of objects differ.</summary>
/// <param name="Here">The number of objects that were found here.</param>
/// <param name="There">The number of objects that were found on the board.</param>
/// <param name="Alone">Objects that only one of both found.</param>
/// <param name="Score">The largest difference of scores.</param>
/// <param name="Edge">The largest difference of edges, in pixels.</param>
internal sealed record Difference(int Here, int There, int Alone, double Score, double Edge)
{
    /// <summary>The largest difference of scores that is none: sums are made in another order.</summary>
    public const double LargestScore = 0.01;

    /// <summary>The largest difference of edges that is none, in pixels.</summary>
    public const double LargestEdge = 1;

    /// <summary>Whether the lists are the same.</summary>
    public bool IsNone => Here > 0 && Alone == 0 && Score <= LargestScore && Edge <= LargestEdge;

    /// <summary>Compares; each object has at most one partner, the nearest of its picture and class.</summary>
    public static Difference Of(IReadOnlyList<FoundObject> here, IReadOnlyList<FoundObject> there)
    {
        var waiting = there.GroupBy(found => (found.Picture, found.Class)).ToDictionary(group => group.Key, group => group.ToList());
        var (score, edge, alone) = (0.0, 0.0, 0);
        foreach (var found in here)
        {
            if (waiting.GetValueOrDefault((found.Picture, found.Class))?.MinBy(found.Distance) is { } partner && found.Distance(partner) < 10 * LargestEdge)
            {
                waiting[(found.Picture, found.Class)].Remove(partner);
                (score, edge) = (Math.Max(score, Math.Abs(found.Score - partner.Score)), Math.Max(edge, found.Distance(partner)));
            }
            else if (!IsAtTheThreshold(found))
            {
                alone++;
            }
        }

        return new(here.Count, there.Count, alone + waiting.Values.Sum(left => left.Count(found => !IsAtTheThreshold(found))), score, edge);
    }

    // Another sum may have put the same object below the score from which objects are told.
    private static bool IsAtTheThreshold(FoundObject found) => found.Score <= BoardCommand.Score + LargestScore;
}

namespace NanoDet.Core.Diagnostics;

/// <summary>Finds the known word that is closest to a misspelt one.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary>
    /// Returns the candidate with the fewest edits (insert, delete, replace, swap of neighbours; case is ignored), if these are
    /// at most a third of the word's letters. Of several such candidates it returns the first.
    /// </summary>
    /// <returns>Null if no candidate is close enough.</returns>
    public static string? For(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        string? best = null;
        var fewest = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates.Where(candidate => candidate.Length <= LongestWord))
        {
            var edits = Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < fewest)
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return best;
    }

    // Optimal string alignment distance.
    private static int Edits(string from, string to)
    {
        var distance = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (var j = 0; j <= to.Length; j++)
        {
            distance[0, j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = distance[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[from.Length, to.Length];
    }
}

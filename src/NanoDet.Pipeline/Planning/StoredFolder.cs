namespace NanoDet.Pipeline.Planning;

/// <summary>The folder in a stored path, and how two of them compare.</summary>
internal static class StoredFolder
{
    /// <summary>The folder of a path; empty for the project's own.</summary>
    public static string Of(string path) => path.LastIndexOf('/') is var end && end > 0 ? path[..end] : "";

    /// <summary>How well the folder of labels fits the folder of an image.</summary>
    public static FolderMatch Match(string labels, string images)
    {
        string[] one = Names(labels), other = Names(images);
        var shorter = Math.Min(one.Length, other.Length);
        var begin = 0;
        while (begin < shorter && one[begin] == other[begin])
        {
            begin++;
        }

        var end = 0;
        while (begin + end < shorter && one[^(end + 1)] == other[^(end + 1)])
        {
            end++;
        }

        return (one.Length - begin - end, other.Length - begin - end) switch
        {
            (0, 0) => FolderMatch.Same,
            ( <= 1, <= 1) => FolderMatch.Counterpart,
            _ when end > 0 => FolderMatch.LastName,
            ( <= 1, _) or (_, <= 1) => FolderMatch.Flat,
            _ => FolderMatch.Different,
        };
    }

    /// <summary>Number of names that two folders have in common at their ends.</summary>
    public static int SharedEnd(string one, string other) => Shared([.. Names(one).Reverse()], [.. Names(other).Reverse()]);

    /// <summary>Number of names that two folders have in common at their beginnings.</summary>
    public static int SharedBegin(string one, string other) => Shared(Names(one), Names(other));

    /// <summary>Whether one folder ends with the other.</summary>
    public static bool IsEnd(string one, string other) => SharedEnd(one, other) == Math.Min(Names(one).Length, Names(other).Length);

    private static int Shared(string[] one, string[] other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    private static string[] Names(string folder) => folder.Length == 0 ? [] : folder.Split('/');
}

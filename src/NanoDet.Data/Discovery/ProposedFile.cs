namespace NanoDet.Data.Discovery;

/// <summary>Labels that a program proposes, in a file beside those that count: a person renames it, or it means nothing.</summary>
internal static class ProposedFile
{
    /// <summary>What the name of such a file ends with, in Pascal VOC.</summary>
    public const string Ending = ".proposed.xml";

    /// <summary>The same for YOLO's text, which is proposed where the labels are such text.</summary>
    public const string YoloEnding = ".proposed.txt";

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Is(ReadOnlySpan<char> path)
        => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || path.EndsWith(YoloEnding, StringComparison.OrdinalIgnoreCase);
}

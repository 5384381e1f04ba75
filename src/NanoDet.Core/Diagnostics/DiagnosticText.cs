namespace NanoDet.Core.Diagnostics;

/// <summary>Makes text from a file or a user fit into a message.</summary>
internal static class DiagnosticText
{
    private const int MaxLength = 60;

    /// <summary>One line of at most 60 characters; a hostile file must not fill the log.</summary>
    public static string Shorten(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength - 1), "…");
    }
}

namespace NanoDet.Core.Diagnostics;

/// <summary>Makes text from a file or a user fit into a message.</summary>
internal static class DiagnosticText
{
    private const int MaxLength = 60;

    /// <summary>At most 60 characters, lines put together; a hostile file must not fill the log. <see cref="Diagnostic"/> escapes the rest.</summary>
    public static string Shorten(string text)
    {
        // What is cut off need not be looked at.
        var line = text[..Math.Min(text.Length, MaxLength + 1)].ReplaceLineEndings(" ");
        if (line.Length <= MaxLength && text.Length <= MaxLength + 1)
        {
            return line;
        }

        var length = Math.Min(line.Length, MaxLength - 1);
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[length - 1]) ? length - 1 : length), "…");
    }
}
